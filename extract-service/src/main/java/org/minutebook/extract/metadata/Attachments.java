package org.minutebook.extract.metadata;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.segmentation.Entry;

/** Finds the papers that an item names as attached. */
final class Attachments {

    private static final int MOST = 30;

    private static final Pattern LABEL =
            Pattern.compile(
                    "(?i)^(?:attachments?|additional documents?|supporting documents?|enclosures?|background papers?|documents?|appendices)(?:\\s*\\(s\\)|\\(s\\))?\\s*:\\s*(?<rest>.*)");

    /** "(Staff Report #21-002-CC)", "(Appendix B)" */
    private static final Pattern IN_BRACKETS =
            Pattern.compile(
                    "(?i)\\((?<name>(?:(?:staff|officer|council|committee) report|report no\\.?|appendix|enclosure|exhibit|attachment|annex|paper)\\s+[^()]{1,60})\\)");

    /** "Minutes of the last meeting pdf icon PDF 701 KB" on a saved page */
    private static final Pattern LINKED =
            Pattern.compile(
                    "(?i)(?<name>.{0,160}?)\\s*\\b(?:pdf|word|excel|document|powerpoint) icon\\s+(?:pdf|docx?|xlsx?|pptx?)\\s+[\\d.,]+\\s*[KM]B");

    private static final Pattern NEXT_LABEL =
            Pattern.compile(
                    "(?i)^(?:\\p{Lu}[\\p{L} ]{2,30}(?:\\(s\\))?:.*|resolved.*|minutes:?|the .{40,})$");

    private Attachments() {}

    static List<String> in(Entry entry) {
        Set<String> names = new LinkedHashSet<>();
        for (Line line : entry.heading()) {
            inLine(line.text(), names, entry.title());
        }
        List<Line> body = entry.body();
        for (int i = 0; i < body.size() && names.size() < MOST; i++) {
            String text = body.get(i).text();
            inLine(text, names, entry.title());
            Matcher label = LABEL.matcher(text);
            if (label.matches()) {
                i = list(body, i, label.group("rest"), names);
            }
        }
        return new ArrayList<>(names);
    }

    private static void inLine(String text, Set<String> names, String title) {
        if (text.indexOf('(') >= 0) {
            Matcher brackets = IN_BRACKETS.matcher(text);
            while (brackets.find()) {
                names.add(brackets.group("name").strip());
            }
        }
        if (text.indexOf("icon") >= 0) {
            Matcher linked = LINKED.matcher(text);
            while (linked.find()) {
                String name = linked.group("name").strip();
                // On the heading's own line the paper is the one of the item.
                names.add(
                        name.isEmpty() || name.endsWith(title) || title.startsWith(name)
                                ? title
                                : name);
            }
        }
    }

    /** Takes the names behind a label, one a line, and returns the index of the last line taken. */
    private static int list(List<Line> body, int label, String rest, Set<String> names) {
        Line first = body.get(label);
        int last = label;
        if (!rest.isBlank()) {
            names.add(tidy(rest));
        }
        double left = rest.isBlank() ? first.x() : first.x() + 12;
        for (int i = label + 1; i < body.size(); i++) {
            Line line = body.get(i);
            String text = line.text();
            double gap = line.y() - body.get(i - 1).y();
            boolean far = line.page() == first.page() && gap > 2.2 * line.height();
            if (far
                    || line.x() < left
                    || NEXT_LABEL.matcher(text).matches()
                    || text.length() > 140
                    || text.indexOf("icon") >= 0) {
                break;
            }
            names.add(tidy(text));
            last = i;
        }
        return last;
    }

    private static String tidy(String name) {
        return name.strip().replaceFirst("^[•·▪●◦○–—-]\\s*", "").replaceAll("[;,]$", "");
    }
}
