package org.minutebook.extract.workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.minutebook.extract.ExtractSettings;
import org.springframework.util.unit.DataSize;

/**
 * What a worker is kept from, as far as the system offers it. A document that takes over the
 * process that reads it then finds no network to send anything to, and no file to change.
 */
enum Confinement {
    /** No network, no file written but in its own folder: by bubblewrap. */
    NETWORK_AND_FILES("it reaches no network and writes nowhere but in its own folder") {
        @Override
        List<String> prefix(Path scratch) {
            String folder = scratch.toString();
            return List.of(
                    "bwrap",
                    "--ro-bind",
                    "/",
                    "/",
                    "--dev",
                    "/dev",
                    "--proc",
                    "/proc",
                    "--bind",
                    folder,
                    folder,
                    "--unshare-net",
                    "--unshare-ipc",
                    "--unshare-uts",
                    "--cap-drop",
                    "ALL",
                    "--new-session",
                    "--die-with-parent");
        }
    },
    /** No network: by unshare, which every Linux has. */
    NETWORK("it reaches no network; install bubblewrap to keep it from writing files, too") {
        @Override
        List<String> prefix(Path scratch) {
            return List.of("unshare", "--user", "--map-current-user", "--net", "--");
        }
    },
    /** The system offers neither, as in a container without user namespaces. */
    NONE("the system offers nothing to keep it from network and files") {
        @Override
        List<String> prefix(Path scratch) {
            return List.of();
        }
    };

    private static final int PROBE_SECONDS = 10;

    private final String explanation;

    Confinement(String explanation) {
        this.explanation = explanation;
    }

    /** What holds for a worker, for the log. */
    String explanation() {
        return explanation;
    }

    /** What comes before a command so that it runs confined. */
    abstract List<String> prefix(Path scratch);

    /** The strictest that is wished for and works here. */
    static Confinement best(ExtractSettings.ConfinementWish wish, Path scratch) {
        Confinement most =
                switch (wish) {
                    case STRICTEST -> NETWORK_AND_FILES;
                    case NETWORK -> NETWORK;
                    case NONE -> NONE;
                };
        return Arrays.stream(values())
                .filter(each -> each.compareTo(most) >= 0 && works(each.prefix(scratch)))
                .findFirst()
                .orElse(NONE);
    }

    /**
     * What bounds the size of files and their number, where the system has it.
     *
     * @param largest largest file that may be written
     */
    static List<String> limits(DataSize largest) {
        List<String> limits =
                List.of("prlimit", "--fsize=" + largest.toBytes(), "--nofile=512", "--core=0");
        return works(limits) ? limits : List.of();
    }

    private static boolean works(List<String> prefix) {
        if (prefix.isEmpty()) {
            return true;
        }
        if (!isInstalled(prefix.getFirst())) {
            return false;
        }
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            Process probe =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try {
                return probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && probe.exitValue() == 0;
            } finally {
                probe.destroyForcibly();
            }
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isInstalled(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(":"))
                        .filter(folder -> !folder.isEmpty())
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
