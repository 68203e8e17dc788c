package org.minutebook.manifest;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.Metadata;
import org.minutebook.manifest.ManifestException.Problem;

/**
 * A CSV table that says what files are.
 *
 * <pre>
 * file,council,committee,meeting date,kind,title,source URL
 * 2026/minutes.pdf,Eldmarsh Borough Council,Planning Committee,2026-09-16,minutes,,
 * </pre>
 *
 * <p>Only {@code file} is needed. Columns may stand in any order, separated by commas, semicolons
 * or tabs, as spreadsheets write them; encoded in UTF-8, or in Windows-1252 where it is not that.
 *
 * @param rows the files, in the order of the table, each once
 */
public record ManifestTable(List<Row> rows) {

    /** Bytes of a manifest; about a line for each of 100,000 files. */
    public static final int MOST_BYTES = 20 * 1024 * 1024;

    /** Problems told at once: more help nobody. */
    private static final int MOST_PROBLEMS = 100;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    public ManifestTable {
        rows = List.copyOf(rows);
    }

    /**
     * What is said of one file.
     *
     * @param line of the table, from 1; the heading is line 1
     * @param file its name, with slashes between its folders
     */
    public record Row(long line, String file, Metadata metadata) {}

    private enum Column {
        FILE("file", "filename", "name", "path"),
        COUNCIL("council"),
        COMMITTEE("committee"),
        MEETING_DATE("meetingdate", "date"),
        KIND("kind", "type"),
        TITLE("title"),
        SOURCE_URL("sourceurl", "source", "url");

        private final List<String> headings;

        Column(String... headings) {
            this.headings = List.of(headings);
        }

        static Optional<Column> of(String heading) {
            String plain = heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
            for (Column column : values()) {
                if (column.headings.contains(plain)) {
                    return Optional.of(column);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Reads a table.
     *
     * @throws ManifestException if anything in it is wrong; then nothing of it is followed
     */
    public static ManifestTable read(byte[] bytes) {
        String text = decode(bytes);
        List<Problem> problems = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        CSVFormat format =
                CSVFormat.DEFAULT
                        .builder()
                        .setDelimiter(delimiterOf(text))
                        .setIgnoreEmptyLines(true)
                        .setTrim(true)
                        .get();
        try (CSVParser lines = CSVParser.parse(new StringReader(text), format)) {
            Map<Column, String> headings = new EnumMap<>(Column.class);
            Map<Column, Integer> places = new EnumMap<>(Column.class);
            Map<String, Long> seen = new HashMap<>();
            boolean first = true;
            for (CSVRecord line : lines) {
                if (first) {
                    first = false;
                    readHeadings(line, headings, places, problems);
                    if (!problems.isEmpty()) {
                        throw new ManifestException(problems);
                    }
                    continue;
                }
                long number = lines.getCurrentLineNumber() - linesWithin(line);
                Line read = new Line(number, line, headings, places, problems);
                String name = read.text(Column.FILE);
                if (name == null) {
                    read.wrong(Column.FILE, "is empty, expected the name of a file");
                    continue;
                }
                name = name.replace('\\', '/');
                Long before = seen.putIfAbsent(name, number);
                if (before != null) {
                    read.wrong(
                            Column.FILE,
                            "'%s' is named in line %d already".formatted(name, before));
                }
                rows.add(new Row(number, name, read.metadata()));
                if (problems.size() >= MOST_PROBLEMS) {
                    break;
                }
            }
            if (first) {
                problems.add(new Problem(1, null, "is empty, expected a heading"));
            }
        } catch (IOException | UncheckedIOException e) {
            problems.add(
                    new Problem(
                            1 + text.lines().count(), null, "cannot be read: " + e.getMessage()));
        }
        if (!problems.isEmpty()) {
            throw new ManifestException(problems);
        }
        return new ManifestTable(rows);
    }

    /** The parser stands at the last line of a record, people look for its first. */
    private static long linesWithin(CSVRecord record) {
        return record.stream().flatMapToInt(String::chars).filter(c -> c == '\n').count();
    }

    private static void readHeadings(
            CSVRecord line,
            Map<Column, String> headings,
            Map<Column, Integer> places,
            List<Problem> problems) {
        for (int i = 0; i < line.size(); i++) {
            String heading = line.get(i);
            Optional<Column> column = Column.of(heading);
            if (column.isEmpty()) {
                problems.add(
                        new Problem(
                                1,
                                heading,
                                "is not known, expected file, council, committee, meeting date, kind, title or source URL"));
            } else if (places.putIfAbsent(column.get(), i) != null) {
                problems.add(new Problem(1, heading, "is there twice"));
            } else {
                headings.put(column.get(), heading);
            }
        }
        if (!places.containsKey(Column.FILE)) {
            problems.add(new Problem(1, null, "has no column 'file'"));
        }
    }

    /** One line with the complaints about it. */
    private record Line(
            long number,
            CSVRecord values,
            Map<Column, String> headings,
            Map<Column, Integer> places,
            List<Problem> problems) {

        void wrong(Column column, String message) {
            problems.add(new Problem(number, headings.get(column), message));
        }

        @Nullable String text(Column column) {
            Integer place = places.get(column);
            if (place == null || place >= values.size() || values.get(place).isBlank()) {
                return null;
            }
            return values.get(place);
        }

        Metadata metadata() {
            if (values.size() > places.size()) {
                problems.add(
                        new Problem(
                                number,
                                null,
                                "has %d values, expected at most %d; is a value with a comma not in quotes?"
                                        .formatted(values.size(), places.size())));
            }
            return new Metadata(
                    text(Column.COUNCIL),
                    text(Column.COMMITTEE),
                    kind(),
                    date(),
                    text(Column.TITLE),
                    url());
        }

        private @Nullable DocumentKind kind() {
            String text = text(Column.KIND);
            if (text == null) {
                return null;
            }
            Optional<DocumentKind> kind = DocumentKind.parse(text);
            if (kind.isEmpty()) {
                wrong(Column.KIND, "'%s', expected agenda, minutes or other".formatted(text));
            }
            return kind.orElse(null);
        }

        private @Nullable LocalDate date() {
            String text = text(Column.MEETING_DATE);
            if (text == null) {
                return null;
            }
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                wrong(Column.MEETING_DATE, "'%s', expected a date as 2026-03-31".formatted(text));
                return null;
            }
        }

        private @Nullable String url() {
            String text = text(Column.SOURCE_URL);
            if (text == null) {
                return null;
            }
            try {
                String scheme = new URI(text).getScheme();
                if (scheme != null && Set.of("http", "https").contains(scheme)) {
                    return text;
                }
            } catch (URISyntaxException e) {
                // The same complaint.
            }
            wrong(
                    Column.SOURCE_URL,
                    "'%s', expected an address that begins with https://".formatted(text));
            return null;
        }
    }

    private static String decode(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            text = new String(bytes, Charset.forName("windows-1252"));
        }
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        return text.endsWith("\n")
                ? text
                : text + '\n'; // else the last line is counted as the one before
    }

    private static String delimiterOf(String text) {
        String heading = text.lines().findFirst().orElse("");
        String best = ",";
        for (String delimiter : List.of(";", "\t")) {
            if (heading.split(delimiter, -1).length > heading.split(best, -1).length) {
                best = delimiter;
            }
        }
        return best;
    }
}
