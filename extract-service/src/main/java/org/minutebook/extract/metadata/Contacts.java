package org.minutebook.extract.metadata;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.text.Cues;

/** Finds whom a document says to ask: behind a label, in a sentence, or the clerk's line. */
final class Contacts {

    private static final Pattern LABEL =
            Pattern.compile(
                    "(?i)^(?:contact(?: officer| person| details| for (?:further )?(?:information|enquiries))?|enquiries(?: to)?|(?:for )?further (?:information|details)|(?:town |city |parish |village |township |acting |deputy )?clerk(?: to the council)?|(?:committee|democratic services|governance|lead) (?:officer|manager|administrator)|democratic services)\\s*[:–-]\\s*(?<value>.{4,})");

    private static final Pattern SENTENCE =
            Pattern.compile(
                    "(?i).*\\b(?:(?:for (?:further |more |any )?(?:information|enquiries|questions|details|queries)[^.]{0,60}?|please |should )?contact|enquiries to)\\s*:?\\s+(?<value>(?:the )?\\p{Lu}.{6,120}|[\\w.+-]+@[\\w.-]+\\w)");

    private static final Pattern REACHABLE =
            Pattern.compile(
                    "(?i).*(?:[\\w.+-]+@[\\w-]+\\.\\w|\\b0\\d{3,4}[ -]?\\d{3}[ -]?\\d{3}|\\(?\\d{3}\\)?[ .-]\\d{3}[ .-]\\d{4}|\\btel).*");

    private static final Cues CUES = new Cues("contact", "enquiries");

    private Contacts() {}

    static @Nullable String find(Matter matter) {
        for (List<Line> lines : List.of(matter.head(), matter.ending())) {
            for (Line line : lines) {
                Matcher label = LABEL.matcher(line.text());
                if (label.matches()) {
                    return tidy(label.group("value"));
                }
            }
        }
        for (List<Line> lines : List.of(matter.head(), matter.ending(), matter.opening())) {
            for (int i = 0; i < lines.size(); i++) {
                String text = lines.get(i).text();
                if (!CUES.in(text)) {
                    continue;
                }
                String both = i + 1 < lines.size() ? text + " " + lines.get(i + 1).text() : text;
                for (String where : List.of(text, both)) {
                    Matcher sentence = SENTENCE.matcher(where);
                    if (sentence.matches()
                            && REACHABLE.matcher(sentence.group("value")).matches()) {
                        return tidy(sentence.group("value"));
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable String tidy(String value) {
        String tidy = value.strip().replaceAll("[\\s,.;:–-]+$", "");
        return tidy.length() < 4 || tidy.length() > 240 ? null : tidy;
    }
}
