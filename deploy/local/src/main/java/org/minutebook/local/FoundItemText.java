package org.minutebook.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A found item as a terminal shows it. */
final class FoundItemText {

    private static final int PIECES = 3;

    private FoundItemText() {}

    /**
     * Number and title; council, committee, date and page; pieces of text with the words found.
     *
     * @param item as search-api answers it
     */
    static List<String> lines(JsonNode item) {
        List<String> lines = new ArrayList<>();
        JsonNode highlights = item.path("highlights");
        String title =
                highlights
                        .path("title")
                        .asStringOpt()
                        .map(FoundItemText::marked)
                        .orElseGet(() -> plain(item.path("title")));
        lines.add(
                Stream.of(plain(item.path("number")), Terminal.bold(title))
                        .filter(text -> !text.isEmpty())
                        .reduce((number, rest) -> number + "  " + rest)
                        .orElse(""));
        lines.add("  " + Terminal.faint(place(item)));
        pieces(highlights.path("text")).limit(PIECES).forEach(text -> lines.add("  " + text));
        decisions(item).forEach(text -> lines.add("  Decision: " + text));
        return lines;
    }

    /** Where it stands: council, committee, date, kind, item number and page. */
    static String place(JsonNode item) {
        JsonNode document = item.path("document");
        List<String> parts = new ArrayList<>();
        for (String name : List.of("council", "committee", "meetingDate", "kind")) {
            text(document.path(name)).ifPresent(parts::add);
        }
        text(item.path("number")).ifPresent(number -> parts.add("item " + number));
        parts.add(pages(item));
        return String.join(", ", parts);
    }

    private static String pages(JsonNode item) {
        int from = item.path("page").asInt(1);
        int to = item.path("pageTo").asInt(from);
        return to > from ? "pages %d to %d".formatted(from, to) : "page " + from;
    }

    /** What was decided, with the words found where there are any in it. */
    static List<String> decisions(JsonNode item) {
        List<String> marked = pieces(item.path("highlights").path("decisions")).toList();
        return marked.isEmpty()
                ? item.path("decisions").values().stream()
                        .map(decision -> plain(decision.path("text")))
                        .filter(text -> !text.isEmpty())
                        .toList()
                : marked;
    }

    private static Stream<String> pieces(JsonNode pieces) {
        return pieces.values().stream().map(piece -> marked(piece.asString("")));
    }

    private static Optional<String> text(JsonNode value) {
        return value.asStringOpt().map(FoundItemText::oneLine).filter(text -> !text.isBlank());
    }

    private static String plain(JsonNode value) {
        return text(value).orElse("");
    }

    private static String oneLine(String text) {
        return Terminal.harmless(text).replaceAll("\\s+", " ").strip();
    }

    /** Pieces are HTML in which only {@code <mark>} and four entities occur. */
    private static String marked(String html) {
        String text =
                oneLine(html)
                        .replace("&lt;", "<\u0000")
                        .replace("&gt;", "\u0000>")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&amp;", "&");
        StringBuilder styled = new StringBuilder();
        int at = 0;
        while (true) {
            int open = text.indexOf("<mark>", at);
            int close = open < 0 ? -1 : text.indexOf("</mark>", open);
            if (close < 0) {
                break;
            }
            styled.append(text, at, open)
                    .append(Terminal.styled("1;33", text.substring(open + 6, close)));
            at = close + 7;
        }
        return styled.append(text, at, text.length()).toString().replace("\u0000", "");
    }
}
