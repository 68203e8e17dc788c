package org.minutebook.local.bulk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is in a folder and in the folders below it. Links are followed; a place that cannot be read
 * is told, and the rest goes on.
 *
 * @param files the files, in the order of their names, with their sizes and times
 * @param unreadable folders and links that lead nowhere, with the reason
 */
record FolderSearch(
        SortedMap<Path, BasicFileAttributes> files, SortedMap<Path, IOException> unreadable) {

    FolderSearch {
        files = Collections.unmodifiableSortedMap(files);
        unreadable = Collections.unmodifiableSortedMap(unreadable);
    }

    static FolderSearch of(Path folder) {
        SortedMap<Path, BasicFileAttributes> files = new TreeMap<>();
        SortedMap<Path, IOException> unreadable = new TreeMap<>();
        try {
            Files.walkFileTree(
                    folder,
                    Set.of(FileVisitOption.FOLLOW_LINKS),
                    Integer.MAX_VALUE,
                    new Visitor(files, unreadable));
        } catch (IOException e) {
            unreadable.put(folder, e);
        }
        return new FolderSearch(files, unreadable);
    }

    /** What became of one of the places that cannot be read. */
    static FileOutcome outcome(Path place, IOException cause) {
        return new FileOutcome(
                place.toString(),
                null,
                FileOutcome.FAILED,
                cause instanceof NoSuchFileException ? "NOT_FOUND" : "UNREADABLE",
                null,
                sentence(cause) + " Repeat the command then; nothing is sent twice.");
    }

    /** Why it cannot be read, and what to do. */
    static String sentence(IOException cause) {
        return switch (cause) {
            case LeadsNowhereException _ ->
                    "The link leads nowhere, or to what this user may not read. Mend or remove it.";
            case NoSuchFileException _ -> "It is not there any more. Put it back if it should be.";
            case AccessDeniedException _ ->
                    "This user may not read it, and nothing of it is imported. Give the right to read it.";
            default ->
                    "It cannot be read to its end: %s. Look at its disk or network."
                            .formatted(cause.getMessage());
        };
    }

    /** A link whose end cannot be looked at. */
    private static final class LeadsNowhereException extends FileSystemException {
        private static final long serialVersionUID = 1;

        LeadsNowhereException(Path link) {
            super(link.toString());
        }
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final SortedMap<Path, BasicFileAttributes> files;
        private final SortedMap<Path, IOException> unreadable;

        Visitor(
                SortedMap<Path, BasicFileAttributes> files,
                SortedMap<Path, IOException> unreadable) {
            this.files = files;
            this.unreadable = unreadable;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                files.put(file, attributes);
            } else if (attributes.isSymbolicLink()) { // those that lead somewhere were followed
                unreadable.put(file, new LeadsNowhereException(file));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path place, IOException cause) {
            // Where a link leads to a folder around it, all that it leads to is searched already.
            if (!(cause instanceof FileSystemLoopException)) {
                unreadable.put(place, cause);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException cause) {
            if (cause != null) {
                unreadable.put(folder, cause);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
