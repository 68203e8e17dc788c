package org.minutebook.extract.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints what was found in a file for a person: a table of contents. */
final class Contents {

    private Contents() {}

    static void print(PrintWriter out, Object result) {
        switch (result) {
            case SegmentedDocument document -> print(out, document);
            case ExplainedDocument document -> print(out, document);
            case UnreadableFile file ->
                    out.printf(
                            "%s%n  could not be read: %s (%s)%n%n",
                            file.file(), file.error().detail(), file.error().code());
            default -> throw new IllegalArgumentException("unknown result " + result.getClass());
        }
    }

    private static void print(PrintWriter out, SegmentedDocument document) {
        out.println(document.file());
        out.printf(
                "  %s · %s%s · %s%n",
                orDash(document.kind()),
                orDash(document.council()),
                document.committee() == null ? "" : ", " + document.committee(),
                orDash(document.meetingDate()));
        for (SegmentedDocument.Item item : document.items()) {
            String number = item.number() == null ? "" : item.number();
            out.printf(
                    "  %s%-10s %s%s  (p. %d)%n",
                    "  ".repeat(item.level() - 1),
                    number,
                    item.time() == null ? "" : item.time() + " ",
                    item.title(),
                    item.page());
            item.decisions()
                    .forEach(decision ->
                            out.printf(
                                    "  %s%-10s → %s%n",
                                    "  ".repeat(item.level() - 1), "", decision.text()));
        }
        if (document.items().isEmpty()) {
            out.println("  no agenda items");
        }
        out.println();
    }

    private static void print(PrintWriter out, ExplainedDocument document) {
        out.println(document.file());
        for (ExplainedDocument.Explained line : document.lines()) {
            out.printf(
                    Locale.ROOT,
                    "  p.%-3d %-10s %5.1f  %s%n",
                    line.page(),
                    line.level() == 0
                            ? line.taken().toLowerCase(Locale.ROOT)
                            : "HEADING " + line.level(),
                    line.points(),
                    line.text());
            if (!line.reasons().isEmpty()) {
                out.printf("                         %s%n", String.join("; ", line.reasons()));
            }
        }
        out.println();
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "–" : text;
    }
}
