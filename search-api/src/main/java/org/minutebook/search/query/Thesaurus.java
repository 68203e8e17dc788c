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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What else things are called: the words that people use and those that officers write.
 *
 * <p>A line is a set of terms that mean the same, {@code UK: CIL | community infrastructure levy},
 * or what people say for which others are searched too but not the other way round, {@code UK IE:
 * bins | wheelie bin > refuse collection | waste collection}. In front stand the places where it is
 * said so; without them it is said everywhere. {@code - term} takes a term away that another file
 * has. Case, accents and the plural do not matter. {@code #} begins a comment.
 */
public final class Thesaurus {

    /** Knows no term. */
    public static final Thesaurus NONE = new Thesaurus(List.of(), Set.of());

    /** Most others that one term is searched by; each makes a search slower. */
    private static final int MOST_OTHERS = 8;

    private static final String RESOURCE = "thesaurus.txt";
    private static final Pattern BAR = Pattern.compile("\\|");
    private static final Pattern PLACES = Pattern.compile("^(\\p{Lu}{2}(?: \\p{Lu}{2})*):(.*)$");
    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private final List<Entry> entries;
    private final Set<String> removed;
    private final Map<String, List<String>> others;
    private final int longest;

    private Thesaurus(List<Entry> entries, Set<String> removed) {
        this.entries = List.copyOf(entries);
        this.removed = Set.copyOf(removed);
        Map<String, String> keys = new HashMap<>(); // each is asked for several times
        Map<String, Set<String>> sets = new HashMap<>();
        for (Entry entry : entries) {
            List<String> to = entry.alike() ? entry.said() : entry.written();
            for (String term : entry.said()) {
                String key = keys.computeIfAbsent(term, Thesaurus::key);
                Set<String> known = sets.computeIfAbsent(key, k -> new LinkedHashSet<>());
                to.stream()
                        .filter(other -> !keys.computeIfAbsent(other, Thesaurus::key).equals(key))
                        .forEach(known::add);
            }
        }
        Map<String, List<String>> lists = new HashMap<>();
        int words = 0;
        for (Map.Entry<String, Set<String>> set : sets.entrySet()) {
            lists.put(set.getKey(), different(set.getValue(), keys));
            words = Math.max(words, set.getKey().split(" ", -1).length);
        }
        this.others = Map.copyOf(lists);
        this.longest = words;
    }

    /** Each once, whatever its case and number. */
    private static List<String> different(Set<String> terms, Map<String, String> keys) {
        Map<String, String> byKey = new LinkedHashMap<>();
        terms.forEach(term -> byKey.putIfAbsent(keys.get(term), term));
        return byKey.values().stream().limit(MOST_OTHERS).toList();
    }

    /** Where a line comes from. */
    public enum Origin {
        /** From a file, bundled or the operator's. */
        WRITTEN,
        /** A document explains it. */
        LEARNED
    }

    /**
     * A line.
     *
     * @param places codes of the places where it is said so; empty for everywhere
     * @param said what people say; where {@code alike} all terms of the line
     * @param written what officers write, which is searched too
     * @param alike whether all terms mean the same, and each finds the others
     * @param origin where it comes from
     */
    public record Entry(
            Set<String> places,
            List<String> said,
            List<String> written,
            boolean alike,
            Origin origin) {

        public Entry {
            places = java.util.Collections.unmodifiableSet(new TreeSet<>(places));
            said = List.copyOf(said);
            written = List.copyOf(written);
        }

        private boolean isSaidIn(Set<String> wanted) {
            return places.isEmpty()
                    || wanted.isEmpty()
                    || places.stream().anyMatch(wanted::contains);
        }
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

    /**
     * Acronyms that documents explain.
     *
     * @param meanings by acronym
     */
    static Thesaurus ofAcronyms(Map<String, String> meanings) {
        return new Thesaurus(
                meanings.entrySet().stream()
                        .map(acronym ->
                                new Entry(
                                        Set.of(),
                                        List.of(acronym.getKey(), acronym.getValue()),
                                        List.of(),
                                        true,
                                        Origin.LEARNED))
                        .toList(),
                Set.of());
    }

    /** Terms from a text of the form that the class describes. */
    static Thesaurus read(Reader reader) {
        List<Entry> entries = new ArrayList<>();
        Set<String> removed = new HashSet<>();
        List<String> lines = new BufferedReader(reader).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceAll("#.*", "").strip();
            if (line.startsWith("-")) {
                removed.add(key(line));
            } else if (!line.isEmpty()) {
                entries.add(entry(line, i + 1));
            }
        }
        return new Thesaurus(entries, removed);
    }

    private static Entry entry(String line, int number) {
        Matcher prefixed = PLACES.matcher(line);
        boolean somewhere = prefixed.matches();
        Set<String> places =
                somewhere ? Set.copyOf(Arrays.asList(prefixed.group(1).split(" ", -1))) : Set.of();
        String[] sides = (somewhere ? prefixed.group(2) : line).split(">", -1);
        List<String> said = terms(sides[0]);
        List<String> written = sides.length == 2 ? terms(sides[1]) : List.of();
        boolean alike = sides.length == 1;
        if (sides.length > 2 || said.size() < (alike ? 2 : 1) || (!alike && written.isEmpty())) {
            throw new IllegalArgumentException(
                    "line "
                            + number
                            + " of the thesaurus: '"
                            + line
                            + "', expected terms separated by '|', 'terms > terms' or '- term'");
        }
        return new Entry(places, said, written, alike, Origin.WRITTEN);
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

    /** Its lines, in the order of the file. */
    public List<Entry> entries() {
        return entries;
    }

    /** Most words that a term has. */
    int longest() {
        return longest;
    }

    /** How many terms it knows something else for. */
    public int size() {
        return others.size();
    }

    /** What else the words are called together; empty where it does not know. */
    Optional<List<String>> others(List<String> words) {
        return Optional.ofNullable(others.get(key(String.join(" ", words))))
                .filter(known -> !known.isEmpty());
    }

    /** Only what is said in one of these places, and everywhere; all of it where there are none. */
    Thesaurus in(Set<String> places) {
        return places.isEmpty()
                ? this
                : new Thesaurus(
                        entries.stream().filter(entry -> entry.isSaidIn(places)).toList(), removed);
    }

    /** Terms of both, without those that the other takes away. */
    public Thesaurus with(Thesaurus more) {
        List<Entry> both = new ArrayList<>();
        for (Entry entry : entries) {
            Entry rest = without(entry, more.removed);
            if (rest.said().size() >= (rest.alike() ? 2 : 1)) {
                both.add(rest);
            }
        }
        both.addAll(more.entries);
        Set<String> gone = new HashSet<>(removed);
        gone.addAll(more.removed);
        return new Thesaurus(both, gone);
    }

    private static Entry without(Entry entry, Set<String> removed) {
        return removed.isEmpty()
                ? entry
                : new Entry(
                        entry.places(),
                        entry.said().stream().filter(term -> !removed.contains(key(term))).toList(),
                        entry.written(),
                        entry.alike(),
                        entry.origin());
    }

    /** Equal for terms that differ only in case, accents, signs and number. */
    static String key(String term) {
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

    /** Whether it says the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Thesaurus same
                && same.entries.equals(entries)
                && same.removed.equals(removed);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }
}
