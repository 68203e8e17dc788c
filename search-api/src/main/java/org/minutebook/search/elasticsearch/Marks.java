package org.minutebook.search.elasticsearch;

/**
 * Marked pieces of text on their way from Elasticsearch to a page. Elasticsearch puts two
 * characters around what it found that no document needs; the rest is escaped here, so that nothing
 * in a document can become a tag.
 */
final class Marks {

    static final String BEGIN = "\uE000";
    static final String END = "\uE001";

    private Marks() {}

    /** As HTML with {@code <mark>}; the tags are balanced whatever the document contained. */
    static String html(String piece) {
        StringBuilder html = new StringBuilder(piece.length() + 32);
        boolean open = false;
        for (int i = 0; i < piece.length(); i++) {
            char character = piece.charAt(i);
            switch (character) {
                case '\uE000' -> {
                    html.append(open ? "" : "<mark>");
                    open = true;
                }
                case '\uE001' -> {
                    html.append(open ? "</mark>" : "");
                    open = false;
                }
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(character);
            }
        }
        return html.append(open ? "</mark>" : "").toString();
    }
}
