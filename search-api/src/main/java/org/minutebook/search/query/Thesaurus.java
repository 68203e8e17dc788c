package org.minutebook.search.query;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What else things are called: the words that people use and those that officers write.
 *
 * <p>A line is a set of terms that mean the same, {@code CIL | community infrastructure levy}, or
 * terms for which others are searched too but not the other way round, {@code bins | wheelie bin >
 * refuse collection | waste collection}. Case, accents and the plural do not matter. {@code #}
 * begins a comment.
 */
public final class Thesaurus {

    /** Knows no term. */
    public static final Thesaurus NONE = new Thesaurus(Map.of(), 0);

    private static final String RESOURCE = "thesaurus.txt";
    private static final Pattern BAR = Pattern.compile("\\|");
    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private final Map<String, List<String>> others;
    private final int longest;

    private Thesaurus(Map<String, List<String>> others, int longest) {
        this.others = others;
        this.longest = longest;
    }

    /** The terms that come with the program. */
    public static Thesaurus bundled() {
        try (Reader reader =
                new InputStreamReader(
                        Objects.requireNonNull(Thesaurus.class.getResourceAsStream(RESOURCE)),
                        StandardCharsets.UTF_8)) {
            return read(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Terms from a file.
     *
     * @throws UncheckedIOException if it cannot be read
     * @throws IllegalArgumentException if a line is not of the form
     */
    public static Thesaurus of(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return read(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Terms from a text of the form that the class describes. */
    static Thesaurus read(Reader reader) {
        Map<String, Set<String>> others = new HashMap<>();
        List<String> lines = new BufferedReader(reader).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceAll("#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            String[] sides = line.split(">", -1);
            List<String> from = terms(sides[0]);
            if (sides.length > 2 || (sides.length == 1 && from.size() < 2)) {
                throw new IllegalArgumentException(
                        "line "
                                + (i + 1)
                                + " of the thesaurus: '"
                                + line
                                + "', expected terms separated by '|', or 'terms > terms'");
            }
            List<String> to = sides.length == 1 ? from : terms(sides[1]);
            for (String term : from) {
                Set<String> known = others.computeIfAbsent(key(term), k -> new LinkedHashSet<>());
                to.stream().filter(other -> !key(other).equals(key(term))).forEach(known::add);
            }
        }
        Map<String, List<String>> lists = new HashMap<>();
        int longest = 0;
        for (Map.Entry<String, Set<String>> entry : others.entrySet()) {
            lists.put(entry.getKey(), List.copyOf(entry.getValue()));
            longest = Math.max(longest, entry.getKey().split(" ", -1).length);
        }
        return new Thesaurus(Map.copyOf(lists), longest);
    }

    private static List<String> terms(String side) {
        List<String> terms = new ArrayList<>();
        for (String term : BAR.split(side)) {
            if (Lexer.hasWordCharacter(term)) {
                terms.add(term.strip());
            }
        }
        return terms;
    }

    /** Most words that a term has. */
    int longest() {
        return longest;
    }

    /** How many terms it knows something else for. */
    int size() {
        return others.size();
    }

    /** What else the words are called together; empty where it does not know. */
    Optional<List<String>> others(List<String> words) {
        return Optional.ofNullable(others.get(key(String.join(" ", words))));
    }

    /** Terms of both. */
    public Thesaurus with(Thesaurus more) {
        Map<String, List<String>> both = new HashMap<>(others);
        more.others.forEach((key, terms) ->
                both.merge(
                        key,
                        terms,
                        (a, b) -> {
                            Set<String> all = new LinkedHashSet<>(a);
                            all.addAll(b);
                            return List.copyOf(all);
                        }));
        return new Thesaurus(Map.copyOf(both), Math.max(longest, more.longest));
    }

    private static String key(String term) {
        String folded =
                MARKS.matcher(Normalizer.normalize(term, Normalizer.Form.NFKD)).replaceAll("");
        String[] words = NOT_WORD.split(folded.toLowerCase(Locale.ROOT).strip());
        return String.join(
                " ",
                Arrays.stream(words)
                        .filter(word -> !word.isEmpty())
                        .map(Thesaurus::singular)
                        .toList());
    }

    private static String singular(String word) {
        if (word.length() > 4 && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
                ? word.substring(0, word.length() - 1)
                : word;
    }
}
