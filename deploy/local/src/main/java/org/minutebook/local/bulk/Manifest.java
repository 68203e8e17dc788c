package org.minutebook.local.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Metadata;
import org.minutebook.manifest.ManifestException;
import org.minutebook.manifest.ManifestException.Problem;
import org.minutebook.manifest.ManifestTable;

/**
 * What is known about single files: a table as intake reads it. Its column {@code file} is a path,
 * from the table's own folder.
 */
public final class Manifest {

    private final Map<Path, Map<String, String>> rows;

    private Manifest(Map<Path, Map<String, String>> rows) {
        this.rows = rows;
    }

    /** Says nothing about any file. */
    public static Manifest none() {
        return new Manifest(Map.of());
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException if it cannot be read, has no column {@code file}, one that
     *     means nothing, or lines that make no sense; these are all told, by their numbers
     */
    public static Manifest read(Path table) {
        Map<Path, Map<String, String>> rows = new LinkedHashMap<>();
        Map<Path, Long> lineOf = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (ManifestTable.Row row : rows(table)) {
            Path path;
            try {
                path = table.toAbsolutePath().resolveSibling(row.file()).normalize();
            } catch (InvalidPathException e) {
                problems.add(wrong(row, "can be the name of no file"));
                continue;
            }
            Long before = lineOf.putIfAbsent(path, row.line());
            if (before != null) {
                problems.add(wrong(row, "is named in line %d already".formatted(before)));
            }
            rows.put(path, form(row.metadata()));
        }
        if (!problems.isEmpty()) {
            throw refused(table, problems);
        }
        return new Manifest(rows);
    }

    private static List<ManifestTable.Row> rows(Path table) {
        try (InputStream content = Files.newInputStream(table)) {
            byte[] bytes = content.readNBytes(ManifestTable.MOST_BYTES + 1);
            if (bytes.length > ManifestTable.MOST_BYTES) {
                throw new IllegalArgumentException(
                        "%s is larger than %d MB, and nothing was imported. Is it the table? If so, import its files in parts."
                                .formatted(table, ManifestTable.MOST_BYTES / (1024 * 1024)));
            }
            return ManifestTable.read(bytes).rows();
        } catch (ManifestException e) {
            throw refused(table, e.problems());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "%s cannot be read, and nothing was imported: %s. It should be a CSV table that this user may read."
                            .formatted(table, e.getMessage()),
                    e);
        }
    }

    private static Problem wrong(ManifestTable.Row row, String message) {
        return new Problem(row.line(), null, "file '%s' %s".formatted(row.file(), message));
    }

    private static IllegalArgumentException refused(Path table, List<Problem> problems) {
        StringBuilder text =
                new StringBuilder(table + " cannot be followed, and nothing was imported:");
        problems.forEach(problem -> text.append(System.lineSeparator()).append(problem));
        return new IllegalArgumentException(text.toString());
    }

    /** As the fields of intake's form. */
    private static Map<String, String> form(Metadata metadata) {
        Map<String, String> form = new LinkedHashMap<>();
        put(form, "council", metadata.council());
        put(form, "committee", metadata.committee());
        put(form, "kind", metadata.kind() == null ? null : metadata.kind().wireName());
        put(form, "meetingDate", metadata.meetingDate());
        put(form, "title", metadata.title());
        put(form, "sourceUrl", metadata.sourceUrl());
        return form;
    }

    private static void put(Map<String, String> form, String name, @Nullable Object value) {
        if (value != null) {
            form.put(name, value.toString());
        }
    }

    /** The files it names, in its order. */
    public List<Path> files() {
        return List.copyOf(rows.keySet());
    }

    Map<String, String> metadata(Path file) {
        return rows.getOrDefault(file.toAbsolutePath().normalize(), Map.of());
    }
}
