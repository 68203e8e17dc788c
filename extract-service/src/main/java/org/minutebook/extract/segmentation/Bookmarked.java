package org.minutebook.extract.segmentation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.pages.Bookmark;

/**
 * What the outline of a PDF says of its rows. In a pack it names the entries of the agenda and
 * leads to the papers bound behind it; elsewhere it names headings where they stand. Outlines are
 * made by machines and often wrong, so a heading gets a little from it and loses nothing, and an
 * outline that does not agree with the text has no say.
 */
final class Bookmarked {

    /** Letters of a title below which it may stand anywhere by chance. */
    private static final int LEAST_TITLE = 4;

    /** Papers that an outline must lead to before it is taken for that of a pack. */
    private static final int LEAST_PAPERS = 2;

    /** More entries than this share of the rows are lines of text, not headings. */
    private static final double MOST_SHARE = 0.3;

    /** A number, or the name of a file, before what is titled. */
    private static final Pattern NUMBER =
            Pattern.compile(
                    "(?i)^(?:agenda )?(?:item )?(?:[\\d.]{1,8}[a-z]?|[a-z]|[ivx]{1,4})[).:]? ");

    private final Layout layout;
    private final List<Bookmark> bookmarks;
    private final Map<Bookmark, String> titles = new HashMap<>();

    Bookmarked(Layout layout, List<Bookmark> bookmarks) {
        this.layout = layout;
        this.bookmarks =
                bookmarks.size() > Math.max(8, MOST_SHARE * layout.rows().size())
                        ? List.of()
                        : bookmarks;
        for (Bookmark bookmark : this.bookmarks) {
            String folded = Vocabulary.folded(bookmark.title());
            titles.put(bookmark, NUMBER.matcher(folded).replaceFirst(""));
        }
    }

    /** Speaks for rows that the outline names and leads to. */
    void judge() {
        Map<Integer, List<String>> byPage = new HashMap<>();
        titles.forEach((bookmark, title) -> {
            if (title.length() >= LEAST_TITLE) {
                byPage.computeIfAbsent(bookmark.page(), page -> new ArrayList<>()).add(title);
            }
        });
        if (byPage.isEmpty()) {
            return;
        }
        for (Row row : layout.rows()) {
            List<String> named = byPage.get(row.page());
            if (named != null && row.score > 0 && named.stream().anyMatch(t -> isTitled(row, t))) {
                row.because("named in the outline of the file", 0.5);
            }
        }
    }

    /**
     * Index of the first row of the papers that an outline leads to from an agenda before them; the
     * number of rows where it tells of none.
     */
    int end() {
        int all = layout.rows().size();
        List<Bookmark> papers = new ArrayList<>();
        int again = 0;
        int lastNamed = 0;
        for (Bookmark bookmark : bookmarks) {
            Row entry = named(bookmark);
            if (entry != null) {
                papers.add(bookmark);
                lastNamed = Math.max(lastNamed, entry.page());
                again += numberedAgain(bookmark, entry) ? 1 : 0;
            }
        }
        // Entries that come again under their numbers: a list of contents, then the document.
        if (papers.size() < LEAST_PAPERS || again * 2 > papers.size()) {
            return all;
        }
        int first = papers.stream().mapToInt(Bookmark::page).min().orElse(Integer.MAX_VALUE);
        long behind =
                bookmarks.stream()
                        .filter(bookmark -> bookmark.level() == 1 && bookmark.page() >= first)
                        .count();
        if (lastNamed >= first || papers.size() * 2 < behind) {
            return all;
        }
        for (Row row : layout.rows()) {
            if (row.page() >= first) {
                return row.index;
            }
        }
        return all;
    }

    /** The row on an earlier page that a bookmark's title stands in; null where none does. */
    private @Nullable Row named(Bookmark bookmark) {
        String title = titles.getOrDefault(bookmark, "");
        if (bookmark.page() < 2 || title.length() < LEAST_TITLE) {
            return null;
        }
        for (Row row : layout.rows()) {
            if (row.page() >= bookmark.page()) {
                return null;
            }
            if (isTitled(row, title) && !layout.isContents(row)) {
                return row;
            }
        }
        return null;
    }

    private boolean numberedAgain(Bookmark bookmark, Row entry) {
        String title = titles.getOrDefault(bookmark, "");
        return layout.rows().stream()
                .anyMatch(row ->
                        row.page() == bookmark.page()
                                && row.labelled()
                                && (!entry.labelled()
                                        || row.labels
                                                .getFirst()
                                                .printed()
                                                .equals(entry.labels.getFirst().printed()))
                                && isTitled(row, title));
    }

    /** Whether a row begins as a title does: either may be cut, by the line or by the outline. */
    private static boolean isTitled(Row row, String title) {
        if (row.rest.length() < LEAST_TITLE
                || Character.toLowerCase(row.rest.charAt(0)) != title.charAt(0)) {
            return false;
        }
        String text = Vocabulary.folded(row.rest);
        return text.equals(title)
                || text.length() > 12 && title.startsWith(text)
                || title.length() > 12 && text.startsWith(title);
    }
}
