package org.minutebook.benchmarks;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.Attendance;
import org.minutebook.contracts.Box;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.Outcome;
import org.minutebook.contracts.ReadDocument;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.samples.Corpus;
import org.minutebook.search.query.Thesaurus;

/**
 * Documents of made-up councils as extract-service sends them, for load. Words are as unevenly
 * common as in real minutes: those of local government among many made-up ones, the n-th about 1/n
 * as often as the first.
 *
 * @param seed the same seed gives the same documents
 */
record GeneratedItems(long seed) {

    /** Items of one document; the real ones have about as many. */
    static final int ITEMS = 12;

    private static final int COUNCILS = 80;
    private static final int YEARS = 10;
    private static final LocalDate NEWEST = LocalDate.of(2026, 11, 3);
    private static final Instant THEN = Instant.parse("2026-11-03T10:00:00Z");
    private static final int MADE_UP_WORDS = 30_000;

    private static final List<String> SYLLABLES =
            List.of(
                    "al", "ber", "cos", "den", "er", "fal", "gor", "hin", "is", "jor", "kel", "lan",
                    "mor", "nes", "or", "pel", "quar", "ron", "sted", "ton", "ul", "ven", "wick",
                    "yar", "zel");
    private static final List<String> COMMON = common();
    private static final List<String> RARE = rare();

    private static List<String> common() {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "the",
                                "of",
                                "to",
                                "and",
                                "a",
                                "that",
                                "be",
                                "in",
                                "for",
                                "was",
                                "council",
                                "committee",
                                "report",
                                "councillor",
                                "members",
                                "application",
                                "planning",
                                "proposed",
                                "approved",
                                "noted"));
        for (Thesaurus.Entry entry : Thesaurus.bundled().entries()) {
            for (String term : entry.written()) {
                words.addAll(List.of(term.toLowerCase(Locale.ROOT).split(" ", -1)));
            }
        }
        return words.stream().distinct().toList();
    }

    private static List<String> rare() {
        SplittableRandom random = new SplittableRandom(5);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < MADE_UP_WORDS; i++) {
            StringBuilder word = new StringBuilder();
            for (int syllable = 0; syllable < 2 + random.nextInt(2); syllable++) {
                word.append(SYLLABLES.get(random.nextInt(SYLLABLES.size())));
            }
            words.add(word.toString());
        }
        return words;
    }

    /** The document with this number. */
    DocumentItems document(int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        DocumentId id = new DocumentId("%032x".formatted(seed << 40 | number));
        int council = random.nextInt(COUNCILS);
        String name =
                RARE.get(council).substring(0, 1).toUpperCase(Locale.ROOT)
                        + RARE.get(council).substring(1)
                        + " Borough Council";
        boolean minutes = random.nextInt(3) > 0;
        String committee =
                random.nextInt(4) == 0
                        ? null
                        : Corpus.COMMITTEES.get(random.nextInt(Corpus.COMMITTEES.size()));
        LocalDate date = NEWEST.minusDays(random.nextInt(YEARS * 365));
        DocumentKind kind = minutes ? DocumentKind.MINUTES : DocumentKind.AGENDA;
        List<AgendaItem> items = new ArrayList<>();
        for (int order = 0; order < ITEMS; order++) {
            items.add(item(id, order, minutes, random));
        }
        StoredDocument stored =
                new StoredDocument(
                        id,
                        new ContentHash(id.value() + id.value()),
                        200_000,
                        new Revision(1),
                        Metadata.NONE,
                        List.of(number + ".pdf"),
                        List.of(),
                        THEN,
                        null,
                        false,
                        Set.of());
        ReadDocument read =
                new ReadDocument(
                        "application/pdf",
                        new Metadata(
                                name,
                                committee,
                                kind,
                                date,
                                (minutes ? "Minutes of the " : "Agenda of the ")
                                        + (committee == null ? "Council" : committee),
                                "https://example.org/" + number + ".pdf"),
                        null,
                        "Council Offices",
                        null,
                        new Attendance(List.of("Councillor Ashworth"), List.of(), List.of()),
                        List.of(),
                        6,
                        6,
                        0);
        return new DocumentItems(new Revision(1), stored, read, items, null);
    }

    private static AgendaItem item(
            DocumentId document, int order, boolean minutes, SplittableRandom random) {
        String number = Integer.toString(order + 1);
        String title = text(random, 3 + random.nextInt(6));
        if (random.nextInt(8) == 0) {
            title = reference(random) + ": " + title;
        }
        String body = text(random, minutes ? 40 + random.nextInt(260) : 10 + random.nextInt(60));
        List<Decision> decisions =
                minutes && random.nextInt(2) == 0
                        ? List.of(
                                new Decision(
                                        "RESOLVED: That " + text(random, 8 + random.nextInt(20)),
                                        Outcome.values()[random.nextInt(Outcome.values().length)],
                                        null,
                                        null,
                                        null))
                        : List.of();
        return new AgendaItem(
                ItemId.of(document, number, title, 0),
                order,
                number,
                null,
                title,
                1,
                false,
                body,
                decisions,
                null,
                order / 3 + 1,
                order / 3 + 1,
                List.of(new Box(order / 3 + 1, 72, 100, 450, 150)),
                List.of(),
                List.of(),
                null,
                random.nextInt(20) == 0,
                null);
    }

    private static String reference(SplittableRandom random) {
        return "%02d/%05d/FUL".formatted(16 + random.nextInt(11), random.nextInt(3000));
    }

    private static String text(SplittableRandom random, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            String word = random.nextInt(5) == 0 ? from(RARE, random) : from(COMMON, random);
            if (i % 14 == 0) {
                text.append(i == 0 ? "" : ". ");
                text.append(word.substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(word.substring(1));
            } else {
                text.append(' ').append(word);
            }
        }
        return text.toString();
    }

    /** The n-th about 1/n as often as the first: evenly over the logarithm. */
    private static String from(List<String> words, SplittableRandom random) {
        double place = Math.exp(random.nextDouble() * Math.log(words.size())) - 1;
        return words.get((int) place);
    }

    /** Things that people look for, each of which finds something among some thousand documents. */
    static List<String> queries() {
        List<String> queries =
                new ArrayList<>(
                        List.of(
                                "planning application",
                                "parking",
                                "potholes",
                                "bins",
                                "affordable housing",
                                "flood risk",
                                "\"planning application\"",
                                "council report -approved",
                                "traffic OR parking",
                                "tree preservation order",
                                "title:planning",
                                "decision:housing",
                                "hous*",
                                "speed limit",
                                "grant funding",
                                "budget",
                                "street lighting",
                                "conservation area"));
        for (int i = 3; i < 300; i = i * 3 / 2 + 1) {
            queries.add(RARE.get(i));
            queries.add(COMMON.get(i + 20) + " " + RARE.get(i / 2));
        }
        return queries;
    }
}
