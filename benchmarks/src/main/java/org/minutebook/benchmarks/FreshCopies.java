package org.minutebook.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Makes other documents of the same pages, so that a stack takes them again. */
final class FreshCopies {

    private FreshCopies() {}

    /**
     * Copies the files, each with a comment at its end that every reader passes over.
     *
     * @param folder folder for the copies, made here
     * @param mark what the comment says, another each time
     * @return the folder
     */
    static Path of(List<Path> files, Path folder, String mark) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < files.size(); i++) {
            Path copy = folder.resolve("%06d.pdf".formatted(i));
            Files.copy(files.get(i), copy);
            try (OutputStream end = Files.newOutputStream(copy, StandardOpenOption.APPEND)) {
                end.write("%% %s%n".formatted(mark).getBytes(StandardCharsets.UTF_8));
            }
        }
        return folder;
    }
}
