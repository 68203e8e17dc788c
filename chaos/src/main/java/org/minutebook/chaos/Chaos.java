package org.minutebook.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minutebook.local.stack.Stack;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.FileSystemDocumentStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./minutebook chaos}: a stack of its own, papers that are handed in, corrected, read again,
 * replaced and deleted all the time, and faults by a seed. In the end an account of everything.
 */
@Command(
        name = "minutebook chaos",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Breaks a stack of its own at random while documents come in, and accounts for every document.",
            "The same seed gives the same documents, the same changes and the same faults at the same times.",
            "Ends with status 1 where something is lost, doubled or wrong; then the data folder stays."
        })
final class Chaos implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Longest wait until everything is as it must be, when all faults are over. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Nothing may come after it is as it must be, for so long. */
    private static final Duration QUIET = Duration.ofSeconds(8);

    private static final int MOST_SHOWN = 40;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long faults are done; starting and accounting come on top.")
    private double minutes;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Which run; by default another each time. It is printed.")
    private @Nullable Long seed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "60",
            description = "New documents a minute.")
    private int rate;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder of the stack's data, which must not be there yet. Default: temporary.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "9800",
            description = "First of the 30 ports that it takes.")
    private int port;

    @Option(
            names = "--rolling",
            description =
                    "Instead of faults, start every service again, one after the other, as an upgrade does; then no delivery may be repeated either.")
    private boolean rolling;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    private final List<Done> done = new CopyOnWriteArrayList<>();
    private final Map<Fault.Kind, Integer> impossible = new EnumMap<>(Fault.Kind.class);
    private Instant start = Instant.now();

    /** A fault that was done, and when it was over. */
    private record Done(Fault fault, Instant over) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Chaos()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        long drawn = seed == null ? System.nanoTime() & 0xFFFFFF : seed;
        Path folder = data == null ? Files.createTempDirectory("minutebook-chaos") : data;
        if (data != null && Files.exists(data)) {
            throw new CommandLine.ParameterException(
                    new CommandLine(this), data + " is there already.");
        }
        Schedule schedule =
                rolling
                        ? Schedule.rolling(drawn, length(), rate)
                        : Schedule.of(drawn, length(), rate);
        say(
                "seed %d: %d documents, %d faults",
                drawn, schedule.lives().size(), schedule.faults().size());
        Ground ground = Ground.start(folder, port, line -> say("%s", line));
        Result result;
        try {
            result = run(ground, schedule, new Papers(drawn, LocalDate.now())).of(drawn);
        } finally {
            ground.close();
        }
        if (result.differences().isEmpty()) {
            ground.remove();
            remove(folder);
        } else {
            Files.write(
                    folder.resolve("differences.txt"),
                    result.differences().stream().map(Difference::toString).toList());
            say("everything is kept in %s, all differences in differences.txt there", folder);
        }
        print(result);
        return result.differences().isEmpty() ? 0 : 1;
    }

    private static void remove(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }

    private Duration length() {
        return Duration.ofMillis(Math.round(minutes * 60_000));
    }

    /** What came out of it. */
    private record Result(
            long seed, int documents, List<Difference> differences, Duration stall, Stalls stalls) {

        Result of(long drawn) {
            return new Result(drawn, documents, differences, stall, stalls);
        }

        long count(Difference.Kind kind) {
            return differences.stream().filter(one -> one.kind() == kind).count();
        }
    }

    private Result run(Ground ground, Schedule schedule, Papers papers)
            throws IOException, InterruptedException, ExecutionException {
        Path files = Files.createTempDirectory("minutebook-chaos-papers");
        try (Deliveries deliveries = new Deliveries(ground.stack().ports().demoWebhook());
                ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            deliveries.subscribe(ground.alerts());
            start = Instant.now();
            Clerks clerks = new Clerks(ground.intake(), papers, files, start);
            List<Future<?>> work = new ArrayList<>();
            for (List<Step> life : schedule.lives()) {
                work.add(
                        each.submit(() -> {
                            clerks.lead(life);
                            return null;
                        }));
            }
            List<Future<?>> faults = new ArrayList<>();
            for (Fault fault : schedule.faults()) {
                faults.add(
                        each.submit(() -> {
                            Waiting.pass(Duration.between(Instant.now(), start.plus(fault.at())));
                            commit(ground, fault);
                            return null;
                        }));
            }
            while (!faults.stream().allMatch(Future::isDone)) {
                Waiting.pass(LOOK);
                ground.lookAfter();
            }
            for (Future<?> fault : faults) {
                fault.get();
            }
            ground.heal();
            say("all faults are over; waiting until the last clerk is done");
            for (Future<?> one : work) {
                one.get();
            }
            return account(ground, clerks, deliveries);
        } finally {
            remove(files);
        }
    }

    private void commit(Ground ground, Fault fault) throws IOException, InterruptedException {
        if (ground.commit(fault)) {
            done.add(new Done(fault, Instant.now()));
        } else {
            synchronized (impossible) {
                impossible.merge(fault.kind(), 1, Integer::sum);
            }
        }
    }

    private Result account(Ground ground, Clerks clerks, Deliveries deliveries)
            throws IOException, InterruptedException {
        Stack stack = ground.stack();
        Instant end = Instant.now().plus(PATIENCE);
        say("%d documents accepted; waiting until all is quiet", clerks.lives().size());
        try (DocumentStore store = new FileSystemDocumentStore(stack.data().store());
                TopicContents topics = new TopicContents(stack.ports().kafka())) {
            IndexContents index = IndexContents.at(stack.ports().elasticsearch());
            Map<String, Long> before = Map.of();
            List<Difference> differences;
            while (true) {
                ground.lookAfter();
                Map<String, Long> ends = topics.ends();
                try {
                    differences =
                            Oracle.differences(
                                    store,
                                    topics,
                                    index,
                                    clerks.lives(),
                                    deliveries.calls(),
                                    rolling);
                } catch (IOException e) { // the next look may find it
                    differences = new ArrayList<>();
                    differences.add(
                            new Difference(Difference.Kind.LOST, "the index cannot be read: " + e));
                }
                if (ends.equals(before) && differences.isEmpty() || Instant.now().isAfter(end)) {
                    break;
                }
                if (!differences.isEmpty()) {
                    say("%d differences left: %s", differences.size(), differences.getFirst());
                }
                before = ends;
                Waiting.pass(QUIET);
            }
            for (String surprise : ground.surprises()) {
                differences.add(new Difference(Difference.Kind.WRONG, surprise));
            }
            for (String answer : clerks.rejected()) {
                differences.add(
                        new Difference(Difference.Kind.WRONG, "a clerk was told " + answer));
            }
            Stalls stalls = Stalls.of(topics, clerks.lives());
            return new Result(0, clerks.lives().size(), differences, stalls.longest(), stalls);
        }
    }

    private void print(Result result) {
        result.differences().stream().limit(MOST_SHOWN).forEach(one -> say("%s", one));
        if (result.differences().size() > MOST_SHOWN) {
            say("and %d more", result.differences().size() - MOST_SHOWN);
        }
        say("%-10s %6s %30s", "fault", "times", "next document after, longest (s)");
        for (Fault.Kind kind : Fault.Kind.values()) {
            List<Duration> next =
                    done.stream()
                            .filter(one -> one.fault().kind() == kind)
                            .map(one -> result.stalls().next(one.over()))
                            .sorted()
                            .toList();
            String note = impossible.containsKey(kind) ? "   not possible on this system" : "";
            say(
                    "%-10s %6d %30.1f%s",
                    kind,
                    next.size(),
                    next.isEmpty() ? 0.0 : next.getLast().toMillis() / 1000.0,
                    note);
        }
        say(
                "seed %d: %d documents, %d faults; %d lost, %d doubled, %d wrong; longest stall %.1f s",
                result.seed(),
                result.documents(),
                done.size(),
                result.count(Difference.Kind.LOST),
                result.count(Difference.Kind.DOUBLED),
                result.count(Difference.Kind.WRONG),
                result.stall().toMillis() / 1000.0);
        if (json) {
            Map<String, Object> summary = new LinkedHashMap<>();
            summary.put("seed", result.seed());
            summary.put("minutes", minutes);
            summary.put("faults", done.size());
            summary.put("documents", result.documents());
            summary.put("lost", result.count(Difference.Kind.LOST));
            summary.put("doubled", result.count(Difference.Kind.DOUBLED));
            summary.put("wrong", result.count(Difference.Kind.WRONG));
            summary.put("longestStallSeconds", result.stall().toMillis() / 1000.0);
            System.out.println(JSON.writeValueAsString(summary));
        }
    }

    private void say(String form, @Nullable Object... values) {
        String line =
                "%7.1f  %s"
                        .formatted(
                                Duration.between(start, Instant.now()).toMillis() / 1000.0,
                                String.format(Locale.ROOT, form, values));
        if (json) {
            System.err.println(line);
        } else {
            System.out.println(line);
        }
    }
}
