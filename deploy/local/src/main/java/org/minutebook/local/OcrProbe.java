package org.minutebook.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.minutebook.embedded.ProgramPath;

/**
 * Whether scans will be read on this machine: asks Tesseract what extract-service asks it before it
 * reads any, by the same settings.
 */
final class OcrProbe implements BooleanSupplier {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    /** How long an answer counts; extract-service looks as often. */
    private static final Duration STALE_AFTER = Duration.ofSeconds(30);

    private final String command;
    private final String languages;

    private @Nullable String obstacle;
    private long askedAt = System.nanoTime() - STALE_AFTER.toNanos();

    /** By the settings of this environment, which are those of a stack that was started in it. */
    OcrProbe() {
        this(
                System.getenv().getOrDefault("MINUTEBOOK_EXTRACT_OCR_COMMAND", "tesseract"),
                System.getenv().getOrDefault("MINUTEBOOK_EXTRACT_OCR_LANGUAGES", "eng"));
    }

    /**
     * By other settings.
     *
     * @param languages joined by {@code +}
     */
    OcrProbe(String command, String languages) {
        this.command = command;
        this.languages = languages;
    }

    @Override
    public boolean getAsBoolean() {
        return obstacle() == null;
    }

    /** Why scans will not be read, in words that follow "because"; null where they will. */
    synchronized @Nullable String obstacle() {
        if (System.nanoTime() - askedAt >= STALE_AFTER.toNanos()) {
            obstacle = ask();
            askedAt = System.nanoTime();
        }
        return obstacle;
    }

    private @Nullable String ask() {
        if (!Files.isExecutable(Path.of(command)) && ProgramPath.find(command).isEmpty()) {
            return "%s is not installed (Debian: apt-get install tesseract-ocr)".formatted(command);
        }
        Path answer = null;
        try {
            answer = Files.createTempFile("minutebook-ocr", ".txt");
            Process process =
                    new ProcessBuilder(command, "--list-langs")
                            .redirectErrorStream(true)
                            .redirectOutput(answer.toFile())
                            .start();
            if (!process.waitFor(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return command + " is there and does not answer";
            }
            List<String> known =
                    Files.readString(answer, StandardCharsets.ISO_8859_1).lines().toList();
            if (process.exitValue() != 0) {
                return "%s is there and fails: %s".formatted(command, String.join(" ", known));
            }
            for (String language : languages.split("\\+", -1)) {
                if (!known.contains(language)) {
                    return "%s does not know the language '%s'".formatted(command, language);
                }
            }
            return null;
        } catch (IOException e) {
            return "%s is there and cannot be run: %s".formatted(command, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "nobody waited for " + command;
        } finally {
            remove(answer);
        }
    }

    private static void remove(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
