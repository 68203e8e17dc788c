package org.minutebook.extract.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.pages.Line;

/**
 * The column of a table in which a meeting's decisions on the rows stand: "Approved.", "Rejected.
 * Does not meet the criteria." The cells of other columns say what was asked for and are no
 * decisions.
 *
 * @param cells the column's texts, one a decision
 * @param rest the lines outside of the table
 */
record OutcomeColumn(List<String> cells, List<Line> rest) {

    /** Cells that open with an outcome from which a column of them is taken for one. */
    private static final int LEAST_CELLS = 2;

    /** Distance in points within which cells stand in one column. */
    private static final double SAME_COLUMN = 4;

    private static final Pattern OUTCOME =
            Pattern.compile(
                    "(?i)(?:[£$€]\\s?[\\d,.]+ )?(?:approved|rejected|refused|declined|deferred|granted|not (?:approved|granted|supported)|supported|agreed|no objections?|withdrawn|recommend(?:ed)? (?:approval|refusal|acceptance))\\b.{0,60}");

    private static final Pattern FURTHER =
            Pattern.compile(
                    "(?i)(?<=[.!?] )(?:the )?(?:committee|council|board|members) (?:agreed|resolved|decided)\\b");

    static OutcomeColumn of(List<Line> lines) {
        Double column = column(lines);
        if (column == null) {
            return new OutcomeColumn(List.of(), lines);
        }
        int first = -1;
        int last = -1;
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            for (Line.Span span : lines.get(i).spans()) {
                if (Math.abs(span.x() - column) > SAME_COLUMN) {
                    continue;
                }
                boolean outcome = OUTCOME.matcher(span.text()).matches();
                if (outcome) {
                    close(cells, cell);
                    first = first < 0 ? i : first;
                }
                if (first >= 0) {
                    last = i;
                    cell.append(cell.isEmpty() ? "" : " ").append(span.text());
                }
            }
        }
        close(cells, cell);
        List<Line> rest = new ArrayList<>(lines.subList(0, first));
        rest.addAll(lines.subList(last + 1, lines.size()));
        return new OutcomeColumn(cells, rest);
    }

    private static void close(List<String> cells, StringBuilder cell) {
        if (cell.isEmpty()) {
            return;
        }
        // "Rejected. Does not meet the criteria. Committee agreed that …": a decision more; right
        // after the outcome it is the reason.
        String text = cell.toString();
        cell.setLength(0);
        int sentence = text.indexOf(". ") + 2;
        var further = FURTHER.matcher(text);
        int from = 0;
        while (further.find()) {
            if (further.start() > sentence) {
                cells.add(text.substring(from, further.start()).strip());
                from = further.start();
            }
        }
        cells.add(text.substring(from));
    }

    /** Left edge of the column that has outcomes; null where no column has. */
    private static @Nullable Double column(List<Line> lines) {
        Map<Long, Integer> columns = new TreeMap<>();
        Map<Long, Double> edges = new TreeMap<>();
        double left = Double.MAX_VALUE;
        for (Line line : lines) {
            left = Math.min(left, line.x());
        }
        for (Line line : lines) {
            for (Line.Span span : line.spans()) {
                if (span.x() > left + 100 && OUTCOME.matcher(span.text()).matches()) {
                    long key = Math.round(span.x() / SAME_COLUMN);
                    columns.merge(key, 1, Integer::sum);
                    edges.putIfAbsent(key, span.x());
                }
            }
        }
        return columns.entrySet().stream()
                .filter(entry -> entry.getValue() >= LEAST_CELLS)
                .max(Map.Entry.comparingByValue())
                .map(entry -> edges.get(entry.getKey()))
                .orElse(null);
    }
}
