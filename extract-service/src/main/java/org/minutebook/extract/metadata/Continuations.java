package org.minutebook.extract.metadata;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.pages.Line;

/** Finds the mark that an item's text goes on in another document. */
final class Continuations {

    private static final Pattern MARK =
            Pattern.compile(
                    "(?i)\\b(?:view|read|see|click (?:here )?(?:to|for)) (?:the )?full (?:minutes?|agenda|item|decision|report|text)(?: text)?(?: (?:for|of) (?:item )?[\\w./-]*\\w)?|\\b(?:full|complete) (?:minutes?|text|discussion) (?:is|are|can be) (?:available|found|published|set out) [^.]{3,80}|\\bcontinued in (?:part|volume|the) [^.]{2,60}");

    private Continuations() {}

    static @Nullable String in(List<Line> body) {
        for (int i = body.size() - 1; i >= 0; i--) {
            String text = body.get(i).text();
            String folded = text.toLowerCase(Locale.ROOT);
            if (!folded.contains("full ")
                    && !folded.contains("complete ")
                    && !folded.contains("continued")) {
                continue;
            }
            // The mark may go over the end of a line.
            String both = i + 1 < body.size() ? text + " " + body.get(i + 1).text() : text;
            Matcher matcher = MARK.matcher(both);
            if (matcher.find()) {
                return matcher.group().strip();
            }
        }
        return null;
    }
}
