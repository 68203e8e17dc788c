package org.minutebook.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.CouncilId;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.IndexEntry.IndexedDocument;
import org.minutebook.contracts.IndexEntry.Role;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.MeetingId;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.Subscription.Cadence;
import org.minutebook.contracts.Subscription.Channel;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.search.alerts.matching.SubscriptionMatcher;
import org.minutebook.search.query.QueryParser;
import org.minutebook.search.query.Thesaurus;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long it takes to match an item against many subscriptions, on one thread. */
@Command(
        name = "alert-matching",
        description = "Matches made-up items against made-up subscriptions, and prints the times.",
        mixinStandardHelpOptions = true)
public final class AlertMatching implements Callable<Integer> {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 3);
    private static final double MILLION = 1_000_000.0;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Option(names = "--subscriptions", defaultValue = "100000", description = "How many.")
    private int subscriptions;

    @Option(names = "--items", defaultValue = "2000", description = "Items that are timed.")
    private int items;

    @Option(names = "--warm-up", defaultValue = "1000", description = "Items before those.")
    private int warmUp;

    @Option(
            names = "--hard",
            description = "The hard case: all words are among 3,000, each as likely as the other.")
    private boolean hard;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new AlertMatching()).execute(arguments));
    }

    @Override
    public Integer call() {
        measure();
        return 0;
    }

    /** Milliseconds to match an item, the middle of many, by the clock. */
    static double median(int subscriptions) {
        AlertMatching matching = new AlertMatching();
        new CommandLine(matching).parseArgs("--subscriptions=" + subscriptions);
        return matching.measure().millis(0.5);
    }

    /** Times by the clock. */
    private Times measure() {
        Random random = new Random(11);
        Wording wording = hard ? new EvenWording(random) : new CouncilWording(random);
        try (SubscriptionMatcher matcher =
                new SubscriptionMatcher(new QueryParser(Thesaurus.bundled()))) {
            List<Subscription> all = new ArrayList<>();
            for (int i = 0; i < subscriptions; i++) {
                all.add(wording.subscription());
            }
            long began = System.nanoTime();
            long processorBegan = processorNanos();
            matcher.change(all, List.of());
            double seconds = (System.nanoTime() - began) / 1000 / MILLION;
            double processorSeconds = (processorNanos() - processorBegan) / 1000 / MILLION;
            all.clear();
            for (int i = 0; i < warmUp; i++) {
                matcher.match(entry(wording, i));
            }
            long matches = 0;
            Times wall = new Times(items);
            Times processor = new Times(items);
            Times excerpts = new Times(items);
            for (int i = 0; i < items; i++) {
                IndexEntry entry = entry(wording, warmUp + i);
                long processorStart = THREADS.getCurrentThreadCpuTime();
                long start = System.nanoTime();
                matches += matcher.subscriptions(entry).size();
                wall.add(System.nanoTime() - start);
                processor.add(THREADS.getCurrentThreadCpuTime() - processorStart);
                long again = THREADS.getCurrentThreadCpuTime();
                matcher.match(entry);
                excerpts.add(THREADS.getCurrentThreadCpuTime() - again);
            }
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            long heap = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
            System.out.printf(
                    "%d subscriptions, loaded in %.1f s (%.1f s of all processors), heap in use %d MB of at most %d MB%n",
                    matcher.size(), seconds, processorSeconds, heap, runtime.maxMemory() >> 20);
            System.out.printf(
                    "%d items, %.1f matches an item; an item took%n",
                    items, (double) matches / items);
            System.out.println("  by the clock             " + wall);
            System.out.println("  of the processor         " + processor);
            System.out.println("  … with the excerpts      " + excerpts);
            System.out.printf(
                    "%d processors, load %.1f, Java %s%n",
                    runtime.availableProcessors(),
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                    Runtime.version());
            return wall;
        }
    }

    /** Of the whole process: with its compiler and collector of garbage. */
    private static long processorNanos() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /** Nanoseconds of each item. On a machine with other work those of the clock are too many. */
    private static final class Times {
        private final long[] nanos;
        private int count;

        Times(int items) {
            nanos = new long[items];
        }

        void add(long one) {
            nanos[count] = one;
            count++;
        }

        private double millis(double part) {
            return nanos[Math.min(count - 1, (int) (count * part))] / MILLION;
        }

        @Override
        public String toString() {
            Arrays.sort(nanos, 0, count);
            return "p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, longest %.2f ms"
                    .formatted(millis(0.5), millis(0.95), millis(0.99), millis(1));
        }
    }

    static IndexEntry entry(Wording wording, int number) {
        DocumentId document = new DocumentId("%032x".formatted(number));
        String title = wording.title();
        AgendaItem item =
                new AgendaItem(
                        ItemId.of(document, "1", title, 0),
                        0,
                        Integer.toString(number % 40),
                        null,
                        title,
                        1,
                        false,
                        wording.text(),
                        List.of(),
                        null,
                        1,
                        1,
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        false,
                        null);
        String council = wording.council();
        CouncilId id = CouncilId.of(council);
        return new IndexEntry(
                Role.ITEM,
                new Revision(1),
                new IndexedDocument(
                        document,
                        "a.pdf",
                        council,
                        id,
                        "Planning Committee",
                        "planning-committee",
                        MeetingId.of(id, "Planning Committee", DAY),
                        DAY,
                        null,
                        DocumentKind.MINUTES,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        1,
                        1,
                        0,
                        1,
                        Instant.EPOCH,
                        null,
                        false),
                item,
                number % 2 == 0,
                Instant.EPOCH);
    }

    /** Made-up searches and items. */
    interface Wording {
        Subscription subscription();

        String title();

        String text();

        String council();
    }

    private static Subscription subscription(String query, Subscription.Filters filters) {
        return new Subscription(
                SubscriptionId.random(),
                query,
                filters,
                new Channel(Channel.Kind.FEED, null, null),
                Cadence.AT_ONCE,
                "Europe/London",
                Subscription.State.ACTIVE,
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    /** A word that is none, always the same for a number. */
    private static String word(int number) {
        String[] first = {
            "b", "br", "c", "cl", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t",
            "tr", "w"
        };
        String[] vowels = {"a", "e", "i", "o", "u", "ea", "oo"};
        StringBuilder word = new StringBuilder();
        int rest = number;
        do {
            word.append(first[rest % first.length]);
            rest /= first.length;
            word.append(vowels[rest % vowels.length]);
            rest /= vowels.length;
        } while (rest > 0);
        return word.append("rn").toString();
    }

    /**
     * The hard case: nothing tells one query from another, and of ten queries seven are of one word
     * only, so that an item of 200 words is what about 4,600 of 100,000 look for.
     */
    private static final class EvenWording implements Wording {

        private static final int WORDS = 3_000;
        private final Random random;

        EvenWording(Random random) {
            this.random = random;
        }

        private String words(int count) {
            List<String> words = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                words.add(word(random.nextInt(WORDS)));
            }
            return String.join(" ", words);
        }

        @Override
        public Subscription subscription() {
            String words = words(random.nextInt(10) < 7 ? 1 : 2 + random.nextInt(2));
            return AlertMatching.subscription(
                    random.nextInt(4) == 0 ? '"' + words + '"' : words, Subscription.Filters.NONE);
        }

        @Override
        public String title() {
            return words(6);
        }

        @Override
        public String text() {
            return words(194);
        }

        @Override
        public String council() {
            return "Eldmarsh Borough Council";
        }
    }

    /**
     * Searches as people write them: streets, topics, topics in places, references, choices; in a
     * third of them one council only. Words of items are as frequent as words of a language are
     * (Zipf), the words of councils among the most frequent.
     */
    static final class CouncilWording implements Wording {

        private static final int WORDS = 30_000;
        private static final int STREETS = 20_000;
        private static final int COUNCILS = 400;
        private static final List<String> ENDINGS =
                List.of("Lane", "Road", "Street", "Close", "Avenue", "Hill", "Green");
        private static final List<String> FREQUENT =
                List.of(
                        "council",
                        "committee",
                        "report",
                        "meeting",
                        "planning",
                        "application",
                        "agreed",
                        "resolved",
                        "members",
                        "officer",
                        "parking",
                        "road",
                        "traffic",
                        "housing",
                        "budget",
                        "school",
                        "residents",
                        "proposal",
                        "site",
                        "policy");
        private static final List<String> TOPICS =
                List.of(
                        "zebra crossing",
                        "cycle lane",
                        "parking permits",
                        "tree preservation",
                        "flood defence",
                        "play area",
                        "speed limit",
                        "school places",
                        "library hours",
                        "waste collection",
                        "affordable housing",
                        "bus shelter",
                        "street lighting",
                        "air quality",
                        "allotments",
                        "public toilets",
                        "market stalls",
                        "footpath",
                        "conservation area",
                        "council tax",
                        "licensing hours",
                        "HMO",
                        "TPO",
                        "CIL",
                        "pot holes",
                        "bins",
                        "noise",
                        "dog fouling",
                        "solar farm",
                        "heritage");

        private final Random random;

        CouncilWording(Random random) {
            this.random = random;
        }

        private String street() {
            // Few streets are written about often, most hardly ever.
            int number = (int) (STREETS * Math.pow(random.nextDouble(), 3));
            String name = word(1_000_000 + number);
            return Character.toUpperCase(name.charAt(0))
                    + name.substring(1)
                    + " "
                    + ENDINGS.get(number % ENDINGS.size());
        }

        private String topic() {
            return TOPICS.get(random.nextInt(TOPICS.size()));
        }

        private String reference() {
            return "%02d/%05d/FUL".formatted(20 + random.nextInt(7), random.nextInt(100_000));
        }

        private String rare() {
            return word(100 + random.nextInt(WORDS));
        }

        @Override
        public Subscription subscription() {
            String query =
                    switch (random.nextInt(20)) {
                        case 0, 1, 2, 3, 4 -> '"' + street() + '"';
                        case 5, 6 -> street();
                        case 7, 8, 9 -> topic() + " " + street();
                        case 10, 11, 12 -> topic() + " " + rare();
                        case 13, 14 -> reference();
                        case 15 -> '"' + topic() + "\" " + rare();
                        case 16 -> "title:" + rare() + " OR \"" + street() + '"';
                        case 17 -> topic() + " -" + FREQUENT.get(random.nextInt(FREQUENT.size()));
                        case 18 -> rare().substring(0, 5) + "* " + topic();
                        default -> rare();
                    };
            boolean oneCouncil = random.nextInt(3) == 0 || query.indexOf(" -") > 0;
            boolean decided = random.nextInt(10) == 0;
            return AlertMatching.subscription(
                    query,
                    new Subscription.Filters(
                            oneCouncil ? List.of(CouncilId.of(council()).value()) : List.of(),
                            List.of(),
                            null,
                            decided ? true : null,
                            null));
        }

        @Override
        public String council() {
            return "Council of " + word(5_000_000 + random.nextInt(COUNCILS));
        }

        @Override
        public String title() {
            return topic() + " at " + street();
        }

        @Override
        public String text() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 190; i++) {
                double zipf = Math.pow(WORDS, random.nextDouble()) - 1;
                int rank = (int) zipf;
                text.append(rank < FREQUENT.size() ? FREQUENT.get(rank) : word(100 + rank));
                text.append(i % 15 == 14 ? ". " : " ");
            }
            return text.append(street())
                    .append(" and ")
                    .append(street())
                    .append(", ")
                    .append(reference())
                    .append(", ")
                    .append(topic())
                    .append('.')
                    .toString();
        }
    }
}
