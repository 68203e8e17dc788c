package org.minutebook.search.pictures;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.minutebook.search.pictures.drawing.PageDrawing;
import org.minutebook.traces.AboutDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Draws a picture in a Java of its own that has little memory, little time and none of our
 * settings, and is killed where it does not end. Whatever a document does to it, the service lives.
 */
@Component
class DrawingProcess {

    /** Largest file it may write, in blocks of 512 bytes: 4 MB. */
    private static final int FILE_BLOCKS = 8192;

    /** Seconds of processor time beyond the time limit, for several threads starting at once. */
    private static final int MORE_PROCESSOR_SECONDS = 10;

    /** Limits of the system, then the program at a lower priority than any search. */
    private static final String LIMITED =
            "ulimit -c 0; ulimit -t %d; ulimit -f %d; exec nice -n 10 \"$@\"";

    private static final Logger log = LoggerFactory.getLogger(DrawingProcess.class);

    private final PictureSettings settings;

    DrawingProcess(PictureSettings settings) {
        this.settings = settings;
    }

    /** The picture; empty where the document cannot be drawn, or not within the limits. */
    Optional<Picture> draw(Path document, MarkedPart part) throws IOException {
        Path folder = Files.createTempDirectory("minutebook-picture-");
        Path picture = folder.resolve("picture");
        Process process = null;
        try (AboutDocument _ = AboutDocument.of(part.document())) {
            process = start(document, part, folder, picture);
            if (!process.waitFor(settings.timeLimit().toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("{} page {} took too long to draw", part.document(), part.page());
                return Optional.empty();
            }
            if (process.exitValue() != 0) {
                log.warn(
                        "{} page {} cannot be drawn: status {}",
                        part.document(),
                        part.page(),
                        process.exitValue());
                return Optional.empty();
            }
            return Optional.of(new Picture(Files.readAllBytes(picture)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(picture);
            Files.deleteIfExists(folder);
        }
    }

    private Process start(Path document, MarkedPart part, Path folder, Path picture)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add("/bin/sh");
        command.add("-c");
        command.add(
                LIMITED.formatted(
                        settings.timeLimit().toSeconds() + MORE_PROCESSOR_SECONDS, FILE_BLOCKS));
        command.add("sh");
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + settings.memory().toMegabytes() + "m");
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:-UsePerfData",
                        "-XX:MaxMetaspaceSize=64m",
                        "-Djava.awt.headless=true",
                        "-Djava.io.tmpdir=" + folder));
        command.addAll(program());
        command.add(document.toAbsolutePath().toString());
        command.add(Integer.toString(part.page()));
        command.add(part.places());
        command.add(MarkedPart.WIDTH + "x" + MarkedPart.HEIGHT);
        command.add(picture.toString());
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        // Nothing that we were told, neither passwords nor options of our own Java.
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** How Java finds the program: among our own classes, also inside the runnable jar. */
    private static List<String> program() {
        String main = PageDrawing.class.getName();
        String classPath = System.getProperty("java.class.path");
        URL ours = PageDrawing.class.getResource("PageDrawing.class");
        boolean inRunnableJar = ours != null && ours.toString().startsWith("jar:nested:");
        return inRunnableJar
                ? List.of(
                        "-cp",
                        classPath,
                        "-Dloader.main=" + main,
                        "org.springframework.boot.loader.launch.PropertiesLauncher")
                : List.of("-cp", classPath, main);
    }
}
