package org.minutebook.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The project's own files, wherever the tests are started. */
final class Project {

    /** The folder that the parent build is in. */
    static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("minutebook.root")))
                    .toAbsolutePath()
                    .normalize();

    /** Modules whose code runs in the product. */
    static final List<String> MODULES =
            List.of(
                    "contracts",
                    "document-store",
                    "manifest",
                    "traces",
                    "ingest-service",
                    "extract-service",
                    "index-service",
                    "search-api",
                    "samples",
                    "deploy/embedded",
                    "deploy/elasticsearch-plugin",
                    "deploy/local",
                    "chaos");

    private static final Set<String> NOT_SOURCES = Set.of("target", ".git", "data", "node_modules");

    private Project() {}

    /** Source files with this ending, build results left out. */
    static List<Path> files(String ending) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    ROOT,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path folder, BasicFileAttributes attributes) {
                            return NOT_SOURCES.contains(String.valueOf(folder.getFileName()))
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            if (file.toString().endsWith(ending)) {
                                found.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Path as the repository names it. */
    static String name(Path file) {
        return ROOT.relativize(file).toString();
    }
}
