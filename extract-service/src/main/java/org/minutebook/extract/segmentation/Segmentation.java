package org.minutebook.extract.segmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.Page;

/** Cuts a document into its agenda items. */
public final class Segmentation {

    private static final Pattern NUMBERED =
            Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){0,2})[.):]?\\s+(\\S.*)");

    private Segmentation() {}

    /** The entries of a document with these pages. */
    public static Segmented cut(List<Page> pages) {
        List<Line> front = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        Line heading = null;
        String number = null;
        String title = null;
        List<Line> body = new ArrayList<>();
        int last = 0;
        for (Page page : pages) {
            for (Line line : page.lines()) {
                Matcher matcher = NUMBERED.matcher(line.text());
                if (matcher.matches()) {
                    int value = Integer.parseInt(matcher.group(1).replaceAll("^.*\\.", ""));
                    if (value == last + 1) {
                        if (heading != null && number != null && title != null) {
                            entries.add(
                                    new Entry(
                                            number, title, 1, false, null, List.of(heading), body));
                        }
                        heading = line;
                        number = matcher.group(1);
                        title = matcher.group(2);
                        body = new ArrayList<>();
                        last = value;
                        continue;
                    }
                }
                (heading == null ? front : body).add(line);
            }
        }
        if (heading != null && number != null && title != null) {
            entries.add(new Entry(number, title, 1, false, null, List.of(heading), body));
        }
        return new Segmented(front, entries);
    }
}
