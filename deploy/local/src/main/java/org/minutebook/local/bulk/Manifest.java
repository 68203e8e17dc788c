package org.minutebook.local.bulk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;

/**
 * What is known about single files: a CSV table with a line of column names. The column {@code
 * file} is a path, from the table's own folder; the others are metadata, and may be empty.
 *
 * <pre>{@code
 * file,council,committee,kind,meetingDate,title,sourceUrl
 * 2026/march.pdf,Newbiggin Town Council,,minutes,2026-03-31,,https://…
 * }</pre>
 */
public final class Manifest {

    private static final String FILE = "file";
    private static final List<String> METADATA =
            List.of("council", "committee", "kind", "meetingDate", "title", "sourceUrl");

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
     * @throws IllegalArgumentException if it has no column {@code file}, or one that means nothing
     */
    public static Manifest read(Path table) throws IOException {
        Map<Path, Map<String, String>> rows = new LinkedHashMap<>();
        CsvMapper csv = CsvMapper.builder().enable(CsvReadFeature.TRIM_SPACES).build();
        CsvSchema headed = CsvSchema.emptySchema().withHeader();
        try (MappingIterator<Map<String, String>> lines =
                csv.readerForMapOf(String.class).with(headed).readValues(Files.readString(table))) {
            while (lines.hasNextValue()) {
                Map<String, String> line = lines.nextValue();
                requireColumns(table, line.keySet());
                String file = line.get(FILE);
                if (file == null || file.isBlank()) {
                    continue;
                }
                Map<String, String> metadata = new LinkedHashMap<>();
                for (String column : METADATA) {
                    String value = line.get(column);
                    if (value != null && !value.isBlank()) {
                        metadata.put(column, value);
                    }
                }
                rows.put(table.toAbsolutePath().resolveSibling(file).normalize(), metadata);
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "%s cannot be read as CSV: %s".formatted(table, e.getOriginalMessage()), e);
        }
        return new Manifest(rows);
    }

    private static void requireColumns(Path table, Set<String> columns) {
        Set<String> unknown = new LinkedHashSet<>(columns);
        METADATA.forEach(unknown::remove);
        if (!unknown.remove(FILE)) {
            throw new IllegalArgumentException(
                    "%s has no column 'file'; its first line names the columns".formatted(table));
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s has the column '%s', expected file, %s"
                            .formatted(
                                    table, unknown.iterator().next(), String.join(", ", METADATA)));
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
