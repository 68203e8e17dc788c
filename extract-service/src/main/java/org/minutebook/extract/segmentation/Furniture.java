package org.minutebook.extract.segmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.Page;

/**
 * Finds what is printed on pages and is no part of the text: running headers and footers, page
 * numbers, a line to sign on. They stand at the edge of a page and come back on others.
 */
final class Furniture {

    /** Lines from the edge of a page that may be furniture: a header seldom has more. */
    private static final int EDGE_LINES = 5;

    /** Share of the pages on which a line at the edge must come back. */
    private static final double REPEATED_SHARE = 0.4;

    /** Lines of the first page that may name council, committee, kind and date. */
    private static final int HEAD_LINES = 15;

    /** Share of the page's height at the top in which a header stands. */
    private static final double HEADER_SHARE = 0.1;

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** Fewer words may be a heading that the document's title uses too. */
    private static final int HEADER_WORDS = 5;

    private static final Pattern PAGE_NUMBER =
            Pattern.compile(
                    "(?i)[-–—|\\s]*(?:(?:page|pg\\.?|p\\.?)\\s*[|:]?\\s*)?(?:[a-z]{0,2}-?\\d{1,4}|[ivx]{1,5})"
                            + "(?:\\s*(?:of|/)\\s*\\d{1,4})?[-–—|.\\s]*");

    private static final Pattern NAMES_PAGE =
            Pattern.compile("(?i).{0,70}\\bpage\\s*[|:]?\\s*\\d{1,4}\\b.{0,40}");

    private static final Pattern SIGN_HERE = Pattern.compile(".*_{6,}.*");

    private Furniture() {}

    static Set<Line> find(List<Page> pages) {
        Set<Line> furniture = Collections.newSetFromMap(new IdentityHashMap<>());
        Map<String, List<Line>> atEdges = new HashMap<>();
        List<Line> within = new ArrayList<>();
        int printed = 0;
        for (Page page : pages) {
            if (page.height() <= 0 || page.lines().isEmpty()) {
                continue;
            }
            printed++;
            List<Line> lines = byHeight(page);
            for (int i = 0; i < lines.size(); i++) {
                boolean top = i < EDGE_LINES;
                boolean bottom = i >= lines.size() - EDGE_LINES;
                if (!top && !bottom) {
                    within.add(lines.get(i));
                } else {
                    Line line = lines.get(i);
                    String key = (top ? "top " : "bottom ") + masked(line.text());
                    atEdges.computeIfAbsent(key, k -> new ArrayList<>()).add(line);
                    if (top && bottom) {
                        atEdges.computeIfAbsent(
                                        "bottom " + masked(line.text()), k -> new ArrayList<>())
                                .add(line);
                    }
                }
            }
        }
        for (List<Line> lines : atEdges.values()) {
            long onPages = lines.stream().mapToInt(Line::page).distinct().count();
            boolean sameHeight = spread(lines) < 8;
            if (onPages >= 2
                    && !Pack.isMark(lines.getFirst().text())
                    && onPages >= REPEATED_SHARE * printed
                    && (sameHeight
                            || (onPages >= 3 || hasSignature(lines))
                                    // "Motion carried." is said anywhere on a page
                                    && !isSaid(lines.getFirst(), within))) {
                furniture.addAll(lines);
            }
        }
        shortHeaders(pages, furniture);
        for (Page page : pages) {
            if (page.height() > 0) {
                pageNumbers(page, furniture);
            }
        }
        return furniture;
    }

    /**
     * Minutes of two pages, whose header begins on the second: nothing comes back, but the line at
     * the top says again what the head of the first page says.
     */
    private static void shortHeaders(List<Page> pages, Set<Line> furniture) {
        if (pages.isEmpty()) {
            return;
        }
        Set<String> head =
                byHeight(pages.getFirst()).stream()
                        .limit(HEAD_LINES)
                        .flatMap(line -> words(line.text()).stream())
                        .collect(Collectors.toSet());
        for (Page page : pages.subList(1, pages.size())) {
            List<Line> lines = byHeight(page);
            if (page.height() <= 0 || lines.isEmpty()) {
                continue;
            }
            Line top = lines.getFirst();
            if (top.y() < HEADER_SHARE * page.height()) {
                List<String> words = words(top.text());
                if (words.size() >= HEADER_WORDS && head.containsAll(words)) {
                    furniture.add(top);
                }
            }
        }
    }

    private static boolean isSaid(Line line, List<Line> within) {
        String text = masked(line.text());
        return within.stream().anyMatch(other -> masked(other.text()).equals(text));
    }

    private static List<String> words(String text) {
        return Arrays.stream(BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Numbers of pages: the outermost lines once repeated ones are gone. */
    private static void pageNumbers(Page page, Set<Line> furniture) {
        List<Line> lines =
                byHeight(page).stream().filter(line -> !furniture.contains(line)).toList();
        for (int i = 0; i < lines.size(); i++) {
            boolean edge = i < 2 || i >= lines.size() - 2;
            Line line = lines.get(i);
            boolean margin =
                    line.y() < 0.08 * page.height()
                            || line.y() + line.height() > 0.9 * page.height();
            String text = line.text();
            if (edge
                    && (PAGE_NUMBER.matcher(text).matches() && (margin || i == lines.size() - 1)
                            || margin && NAMES_PAGE.matcher(text).matches())) {
                furniture.add(line);
            }
        }
    }

    private static boolean hasSignature(List<Line> lines) {
        return SIGN_HERE.matcher(lines.getFirst().text()).matches();
    }

    private static double spread(List<Line> lines) {
        double least = Double.MAX_VALUE;
        double most = 0;
        for (Line line : lines) {
            least = Math.min(least, line.y());
            most = Math.max(most, line.y());
        }
        return most - least;
    }

    private static List<Line> byHeight(Page page) {
        List<Line> lines = new ArrayList<>(page.lines());
        lines.sort((a, b) -> Double.compare(a.y(), b.y()));
        return lines;
    }

    private static String masked(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        boolean digit = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isDigit(c)) {
                if (!digit) {
                    masked.append('#');
                }
                digit = true;
            } else {
                digit = false;
                masked.append(c);
            }
        }
        return masked.toString();
    }
}
