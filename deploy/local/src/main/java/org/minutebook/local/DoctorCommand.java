package org.minutebook.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.minutebook.embedded.LogTail;
import org.minutebook.embedded.ProgramPath;
import org.minutebook.local.stack.Stack;
import org.minutebook.local.stack.Stack.PartStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks for what keeps the stack from running well, and says what to do about it. */
@Command(
        name = "doctor",
        description = "Looks for what keeps the stack from running, and says what to do about it.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final long GIB = 1L << 30;

    /** What the idle stack takes, and room to work. */
    private static final long MEMORY_BYTES = 3 * GIB;

    /** Intake refuses below it. */
    private static final long DISK_BYTES = 2 * GIB;

    private static final int PROBE_SECONDS = 10;

    @Mixin private StackOptions options = new StackOptions();

    private enum Grade {
        OK,
        NOTE,
        BAD
    }

    private record Finding(Grade grade, String what) {}

    private final List<Finding> findings = new ArrayList<>();

    @Override
    public Integer call() {
        Terminal terminal = new Terminal();
        Stack stack = options.stack();
        found(
                Grade.OK,
                "Java %s in %s".formatted(Runtime.version(), System.getProperty("java.home")));
        program(
                "mvn",
                Grade.NOTE,
                "there is no Maven on the path: what is built runs, but nothing can be built again");
        program(
                "tesseract",
                Grade.NOTE,
                "there is no tesseract on the path: scanned pages wait until it is installed (Debian: apt-get install tesseract-ocr)");
        program(
                "bwrap",
                Grade.NOTE,
                "there is no bubblewrap on the path: a process that reads a document is kept from the network where the system allows it, but not from writing files (Debian: apt-get install bubblewrap)");
        if (!Stack.sendsMail()) {
            found(
                    Grade.NOTE,
                    "SPRING_MAIL_HOST is not set here: alerts by e-mail wait in a stack that is started so (docs/alerts.md)");
        }
        memory();
        disk(stack);
        if ("root".equals(System.getProperty("user.name"))) {
            userNamespace();
        }
        parts(stack);
        for (Finding finding : findings) {
            terminal.print(
                    "%-4s  %s"
                            .formatted(
                                    finding.grade().name().toLowerCase(java.util.Locale.ROOT),
                                    finding.what()));
        }
        return findings.stream().anyMatch(finding -> finding.grade() == Grade.BAD) ? 1 : 0;
    }

    private void found(Grade grade, String what) {
        findings.add(new Finding(grade, what));
    }

    private void program(String name, Grade absent, String consequence) {
        ProgramPath.find(name)
                .ifPresentOrElse(
                        path -> found(Grade.OK, name + " is " + path),
                        () -> found(absent, consequence));
    }

    private void memory() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                if (line.startsWith("MemAvailable:")) {
                    long bytes = Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                    found(
                            bytes < MEMORY_BYTES ? Grade.NOTE : Grade.OK,
                            "%.1f GiB of memory are available; the stack takes up to 2.5"
                                    .formatted((double) bytes / GIB));
                }
            }
        } catch (IOException e) {
            found(Grade.NOTE, "the available memory cannot be told on this system");
        }
    }

    private void disk(Stack stack) {
        Path folder = stack.data().root();
        while (folder != null && !Files.isDirectory(folder)) {
            folder = folder.getParent();
        }
        if (folder == null || !Files.isWritable(folder)) {
            found(
                    Grade.BAD,
                    "the data folder %s cannot be written; name another with --data"
                            .formatted(stack.data().root()));
            return;
        }
        try {
            long bytes = Files.getFileStore(folder).getUsableSpace();
            found(
                    bytes < DISK_BYTES ? Grade.BAD : Grade.OK,
                    "%.1f GiB of disk are free for %s%s"
                            .formatted(
                                    (double) bytes / GIB,
                                    stack.data().root(),
                                    bytes < DISK_BYTES
                                            ? "; below 2 GiB no document is taken in: make room"
                                            : ""));
        } catch (IOException e) {
            found(Grade.NOTE, "the free space cannot be told: " + e.getMessage());
        }
    }

    /** Elasticsearch refuses to run as root; as root it is run in a user namespace. */
    private void userNamespace() {
        try {
            Process probe =
                    new ProcessBuilder(
                                    "unshare",
                                    "--user",
                                    "--map-user=1000",
                                    "--map-group=1000",
                                    "true")
                            .redirectErrorStream(true)
                            .start();
            boolean works =
                    probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && probe.exitValue() == 0;
            found(
                    works ? Grade.OK : Grade.BAD,
                    works
                            ? "Elasticsearch can run for root, in a user namespace"
                            : "this system allows no user namespaces, and Elasticsearch refuses to run as root: run Minutebook as an ordinary user");
        } catch (IOException e) {
            found(
                    Grade.BAD,
                    "there is no unshare (package util-linux), and Elasticsearch refuses to run as root: install it, or run Minutebook as an ordinary user");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void parts(Stack stack) {
        List<PartStatus> parts = stack.status();
        for (PartStatus part : parts) {
            switch (part.state()) {
                case READY ->
                        found(Grade.OK, "%s is ready at %s".formatted(part.name(), part.address()));
                case STARTING ->
                        found(
                                Grade.BAD,
                                "%s runs (process %d) and does not answer at %s. Its log, %s, ends with:%n%s"
                                        .formatted(
                                                part.name(),
                                                part.pid(),
                                                part.address(),
                                                log(stack, part),
                                                LogTail.of(log(stack, part))));
                case STOPPED -> {
                    boolean ended = stack.shouldRun(part.name());
                    found(
                            ended ? Grade.BAD : Grade.OK,
                            ended
                                    ? "%s has ended; ./minutebook up starts it again. Its log, %s, ends with:%n%s"
                                            .formatted(
                                                    part.name(),
                                                    log(stack, part),
                                                    LogTail.of(log(stack, part)))
                                    : part.name() + " is not running");
                }
            }
        }
        stack.takenPorts().forEach(taken -> found(Grade.BAD, taken.strip()));
    }

    private static Path log(Stack stack, PartStatus part) {
        return stack.data().logs().resolve(part.name() + ".log");
    }
}
