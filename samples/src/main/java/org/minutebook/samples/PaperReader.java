package org.minutebook.samples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentKind;

/**
 * Reads a paper's text from a resource. Above a line {@code ---} stand {@code key: value} lines;
 * keys with a capital are printed as front matter. Below it:
 *
 * <pre>
 * # [41] Title            an item of level 1; [] without number; ## for level 2
 * # [] 18:30 Title        with a printed time
 * #? [] Title             one that not every reader would call an item
 * ! RESOLVED: That …      a decision; what stands before ^ leads to it
 * !(1) the scheme be …    a numbered part of the decision above
 * : Ward | Quayside       a labelled fact
 * - text, (a) text, 1. text   a line of a list
 * anything else           a paragraph; blank lines part paragraphs
 * </pre>
 */
final class PaperReader {

    private static final Pattern HEADING =
            Pattern.compile(
                    "(?<level>#{1,2})(?<optional>\\?)? \\[(?<number>[^]]*)] "
                            + "(?:(?<time>\\d\\d:\\d\\d) )?(?<title>.+)");
    private static final Pattern LIMB = Pattern.compile("!(?<marker>\\([^)]+\\)) (?<text>.+)");
    private static final Pattern LISTED =
            Pattern.compile("(?<marker>-|\\([a-z]+\\)|\\d+\\.) (?<text>.+)");

    private final Diary diary;

    PaperReader(Diary diary) {
        this.diary = diary;
    }

    /**
     * Reads the paper with this name.
     *
     * @throws IllegalArgumentException if there is none, or a line is not as described above
     */
    Sample read(String name) {
        List<String> lines = diary.fill(resource(name)).lines().toList();
        int rule = lines.indexOf("---");
        if (rule < 0) {
            throw new IllegalArgumentException(name + " has no line '---' below its head");
        }
        Map<String, String> keys = new HashMap<>();
        List<Paper.Labelled> front = new ArrayList<>();
        for (String line : lines.subList(0, rule)) {
            int colon = line.indexOf(": ");
            String key = line.substring(0, colon);
            String value = line.substring(colon + 2).strip();
            if (Character.isUpperCase(key.charAt(0))) {
                front.add(new Paper.Labelled(key, value));
            } else {
                keys.put(key, value);
            }
        }
        Paper paper =
                new Paper(
                        name,
                        needed(keys, "council", name),
                        keys.get("committee"),
                        DocumentKind.valueOf(needed(keys, "kind", name)),
                        diary.of(needed(keys, "meeting", name)),
                        keys.get("time"),
                        keys.get("venue"),
                        front,
                        entries(lines.subList(rule + 1, lines.size())),
                        List.of());
        return new Sample(paper, Design.named(needed(keys, "design", name)));
    }

    private static String needed(Map<String, String> keys, String key, String name) {
        String value = keys.get(key);
        if (value == null) {
            throw new IllegalArgumentException(name + " has no '" + key + ":' in its head");
        }
        return value;
    }

    private static String resource(String name) {
        try (InputStream in = PaperReader.class.getResourceAsStream("papers/" + name + ".txt")) {
            if (in == null) {
                throw new IllegalArgumentException("no paper '" + name + "'");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Paper.Entry> entries(List<String> lines) {
        List<Paper.Entry> entries = new ArrayList<>();
        @Nullable Matcher open = null;
        List<Paper.Block> blocks = new ArrayList<>();
        List<String> paragraph = new ArrayList<>();
        for (String line : lines) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                endParagraph(paragraph, blocks);
                if (open != null) {
                    entries.add(entry(open, blocks));
                }
                open = heading;
                blocks.clear();
            } else if (line.isBlank()) {
                endParagraph(paragraph, blocks);
            } else if (!special(line, blocks)) {
                paragraph.add(line.strip());
            }
        }
        endParagraph(paragraph, blocks);
        if (open != null) {
            entries.add(entry(open, blocks));
        }
        return entries;
    }

    private static boolean special(String line, List<Paper.Block> blocks) {
        Matcher limb = LIMB.matcher(line);
        if (limb.matches()) {
            Paper.Block.Decided last = (Paper.Block.Decided) blocks.removeLast();
            List<Paper.Block.Listed> limbs = new ArrayList<>(last.limbs());
            limbs.add(new Paper.Block.Listed(limb.group("marker"), limb.group("text")));
            blocks.add(new Paper.Block.Decided(last.before(), last.text(), limbs));
            return true;
        }
        if (line.startsWith("! ")) {
            int caret = line.indexOf('^');
            blocks.add(
                    new Paper.Block.Decided(
                            caret < 0 ? "" : line.substring(2, caret),
                            line.substring(caret < 0 ? 2 : caret + 1),
                            List.of()));
            return true;
        }
        if (line.startsWith(": ")) {
            String[] parts = line.substring(2).split(" \\| ", 2);
            blocks.add(new Paper.Block.Fact(new Paper.Labelled(parts[0], parts[1])));
            return true;
        }
        Matcher listed = LISTED.matcher(line);
        if (listed.matches()) {
            String marker = listed.group("marker");
            blocks.add(
                    new Paper.Block.Listed(
                            marker.equals("-") ? "\u2022" : marker, listed.group("text")));
            return true;
        }
        return false;
    }

    private static void endParagraph(List<String> paragraph, List<Paper.Block> blocks) {
        if (!paragraph.isEmpty()) {
            blocks.add(new Paper.Block.Paragraph(String.join(" ", paragraph)));
            paragraph.clear();
        }
    }

    private static Paper.Entry entry(Matcher heading, List<Paper.Block> blocks) {
        String number = heading.group("number");
        return new Paper.Entry(
                number.isEmpty() ? null : number,
                heading.group("title"),
                heading.group("level").length(),
                heading.group("time"),
                heading.group("optional") != null,
                blocks);
    }
}
