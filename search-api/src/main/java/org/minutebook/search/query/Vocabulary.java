package org.minutebook.search.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thesaurus in use: the bundled terms, the operator's, and the acronyms that documents explain.
 * It changes while the service runs, and the next query that is read knows it.
 */
public final class Vocabulary implements Supplier<Thesaurus> {

    /** Share of the items that explain an acronym which have to say the same of it. */
    private static final double AGREED = 0.7;

    private static final Logger log = LoggerFactory.getLogger(Vocabulary.class);

    private final Thesaurus bundled;
    private final @Nullable Path file;
    private final Set<String> places;
    private FileTime fileRead = FileTime.fromMillis(0);
    private Thesaurus own = Thesaurus.NONE;
    private Thesaurus learned = Thesaurus.NONE;
    private volatile Thesaurus now;

    /**
     * The bundled terms and a file's.
     *
     * @param file the operator's terms; null for none
     * @param places codes of the places whose words are meant; empty for all
     * @throws UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if a line of it is not of the form
     */
    public Vocabulary(@Nullable Path file, Set<String> places) {
        this.bundled = Thesaurus.bundled();
        this.file = file;
        this.places = Set.copyOf(places);
        this.now = bundled;
        if (file != null) {
            read(file);
        }
        combine();
    }

    @Override
    public Thesaurus get() {
        return now;
    }

    /** Reads the operator's file if it was changed; where it has a mistake, the terms stay. */
    public synchronized void reread() {
        if (file == null) {
            return;
        }
        try {
            if (!Files.getLastModifiedTime(file).equals(fileRead)) {
                read(file);
                combine();
                log.info("Read the thesaurus {} again", file);
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            log.warn("The thesaurus {} stays as it was: {}", file, e.getMessage());
        }
    }

    private void read(Path from) {
        try {
            fileRead = Files.getLastModifiedTime(from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        own = Thesaurus.of(from);
    }

    /**
     * What documents say that an acronym stands for.
     *
     * @param acronym in capitals
     * @param meaning in small letters
     * @param items how many items say so
     */
    public record Explanation(String acronym, String meaning, long items) {}

    /**
     * Takes over what documents say, in the place of what was learned before. An acronym that they
     * use for different things is learned only where most of them mean the same.
     */
    public synchronized void learn(List<Explanation> explanations) {
        Map<String, Map<String, List<Explanation>>> byAcronym = new TreeMap<>();
        for (Explanation each : explanations) {
            byAcronym
                    .computeIfAbsent(each.acronym(), a -> new TreeMap<>())
                    .computeIfAbsent(Thesaurus.key(each.meaning()), m -> new ArrayList<>())
                    .add(each);
        }
        Map<String, String> agreed = new TreeMap<>();
        byAcronym.forEach((acronym, meanings) -> {
            long total = meanings.values().stream().mapToLong(Vocabulary::items).sum();
            meanings.values().stream()
                    .filter(same -> items(same) >= AGREED * total)
                    .findFirst()
                    .ifPresent(same -> agreed.put(acronym, mostUsual(same)));
        });
        learned = Thesaurus.ofAcronyms(agreed);
        combine();
    }

    private static long items(List<Explanation> explanations) {
        return explanations.stream().mapToLong(Explanation::items).sum();
    }

    private static String mostUsual(List<Explanation> same) {
        return Collections.max(same, Comparator.comparingLong(Explanation::items)).meaning();
    }

    private void combine() {
        // What the operator takes away stays away, also where a document explains it.
        Thesaurus combined = bundled.in(places).with(learned).with(own.in(places));
        if (!combined.equals(now)) {
            now = combined; // searches that are kept are read anew then
        }
    }
}
