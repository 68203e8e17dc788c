package org.minutebook.extract.metadata;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.extract.pages.Line;

/** Finds the title that a document prints over itself. */
final class Titled {

    private static final int TITLE_LINES = 14;

    private static final Pattern SUBJECT =
            Pattern.compile("(?i)^(?:subject|re|title|report title)\\s*:\\s*(?<value>.{4,})");

    /** Three words: "Agenda" alone names nothing. */
    private static final Pattern WORDS =
            Pattern.compile("\\p{L}+[^\\p{L}]+\\p{L}+[^\\p{L}]+\\p{L}");

    private Titled() {}

    /** The line that names what it is of; null where it only says "Minutes" or nothing. */
    static @Nullable String of(Matter matter, DocumentKind kind) {
        List<Line> head = matter.head();
        List<Line> lines = head.subList(0, Math.min(TITLE_LINES, head.size()));
        if (kind == DocumentKind.OTHER) {
            for (Line line : lines) {
                String text =
                        line.spans().stream().skip(1).anyMatch(Line.Span::gapBefore)
                                ? line.spans().getFirst().text()
                                : line.text();
                Matcher subject = SUBJECT.matcher(text);
                if (subject.matches() && !subject.group("value").equalsIgnoreCase("see below")) {
                    return subject.group("value").strip();
                }
            }
        }
        String word = kind.wireName();
        for (Line line : lines) {
            for (String text :
                    List.of(
                            line.text(),
                            line.spans().getFirst().text(),
                            line.spans().getLast().text())) {
                boolean apart = line.spans().stream().skip(1).anyMatch(Line.Span::gapBefore);
                boolean names =
                        text.length() < 120
                                && WORDS.matcher(text).find()
                                && text.toLowerCase(Locale.ROOT).contains(word)
                                && !(apart && text.equals(line.text()));
                if (names && kind != DocumentKind.OTHER) {
                    return CouncilNames.shown(text);
                }
            }
        }
        return null;
    }
}
