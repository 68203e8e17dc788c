package org.minutebook.local.bulk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    private static final Set<String> KINDS = Set.of("agenda", "minutes", "other");

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
     * @throws IllegalArgumentException if it has no column {@code file}, one that means nothing, or
     *     lines that make no sense; these are all told, by their numbers
     */
    public static Manifest read(Path table) throws IOException {
        Map<Path, Map<String, String>> rows = new LinkedHashMap<>();
        Map<Path, Integer> lineOf = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        CsvMapper csv = CsvMapper.builder().enable(CsvReadFeature.TRIM_SPACES).build();
        CsvSchema headed = CsvSchema.emptySchema().withHeader();
        try (MappingIterator<Map<String, String>> lines =
                csv.readerForMapOf(String.class).with(headed).readValues(Files.readString(table))) {
            while (lines.hasNextValue()) {
                int number = lines.currentLocation().getLineNr();
                Map<String, String> line = lines.nextValue();
                requireColumns(table, line.keySet());
                String file = line.get(FILE);
                if (file == null || file.isBlank()) {
                    wrong.add("line %d: file is empty".formatted(number));
                    continue;
                }
                Map<String, String> metadata = new LinkedHashMap<>();
                for (String column : METADATA) {
                    String value = line.get(column);
                    if (value != null && !value.isBlank()) {
                        metadata.put(column, value);
                    }
                }
                objection(metadata)
                        .ifPresent(text -> wrong.add("line %d: %s".formatted(number, text)));
                Path path = table.toAbsolutePath().resolveSibling(file).normalize();
                Integer before = lineOf.putIfAbsent(path, number);
                if (before != null) {
                    wrong.add(
                            "line %d: file '%s' is named in line %d already"
                                    .formatted(number, file, before));
                }
                rows.put(path, metadata);
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "%s cannot be read as CSV: %s".formatted(table, e.getOriginalMessage()), e);
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s, and nothing was imported:%n%s"
                            .formatted(table, String.join(System.lineSeparator(), wrong)));
        }
        return new Manifest(rows);
    }

    private static Optional<String> objection(Map<String, String> metadata) {
        String date = metadata.get("meetingDate");
        try {
            if (date != null) {
                LocalDate.parse(date);
            }
        } catch (DateTimeParseException e) {
            return Optional.of("meetingDate '%s', expected a date as 2026-03-31".formatted(date));
        }
        String kind = metadata.get("kind");
        return kind == null || KINDS.contains(kind.toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of("kind '%s', expected agenda, minutes or other".formatted(kind));
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
