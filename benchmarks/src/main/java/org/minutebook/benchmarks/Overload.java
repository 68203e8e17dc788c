package org.minutebook.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.minutebook.benchmarks.OpenLoop.Answer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The search service under several times the load that it sustains: whether it lives, what it
 * refuses, how fast it answers what it takes, and how soon all is as before once the load ends.
 */
@Command(
        name = "overload",
        mixinStandardHelpOptions = true,
        description =
                "Searches at a multiple of the sustainable rate; status 1 where accepted answers take 1 s or more (p99), recovery 5 s or more, or the service died.")
final class Overload implements Callable<Integer> {

    private static final double MOST_MILLIS = 1000;
    private static final double MOST_RECOVERY_SECONDS = 5;

    /** How finely recovery is looked at. */
    private static final long WINDOW_NANOS = Duration.ofMillis(500).toNanos();

    @Option(
            names = "--data",
            required = true,
            description = "Folder for the index; one that search-overhead filled is used again.")
    private Path data = Path.of("");

    @Option(
            names = "--items",
            defaultValue = "200000",
            description = "Items in the index (default: ${DEFAULT-VALUE}).")
    private int items;

    @Option(
            names = "--warm-up",
            defaultValue = "150",
            description =
                    "Seconds of searches before those that count (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--times",
            defaultValue = "4",
            description = "How many times the sustainable rate (default: ${DEFAULT-VALUE}).")
    private double times;

    @Option(
            names = "--seconds",
            defaultValue = "180",
            description = "Length of the load (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--calm",
            defaultValue = "30",
            description =
                    "Seconds of half the sustainable rate before the load and after it (default: ${DEFAULT-VALUE}).")
    private int calm;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Overload()).execute(arguments));
    }

    private boolean holds;

    @Override
    public Integer call() throws Exception {
        SearchOverhead search = new SearchOverhead();
        new CommandLine(search)
                .parseArgs("--data=" + data, "--items=" + items, "--seconds=" + calm);
        search.with((elasticsearch, port, asked) -> {
            search.compare(
                    elasticsearch, port, asked, SearchOverhead.WARMING_CLIENTS, warmUp, false);
            double rate = search.sustained(port, asked);
            System.out.printf("sustained: %.0f searches a second%n", rate);
            Random random = new Random(5);
            holds =
                    measure(
                            port,
                            rate,
                            new OpenLoop(
                                    http,
                                    () ->
                                            SearchOverhead.api(
                                                    port,
                                                    asked.get(random.nextInt(asked.size()))
                                                            .query()),
                                    random));
        });
        return holds ? 0 : 1;
    }

    private boolean measure(int port, double rate, OpenLoop people) throws Exception {
        String born = startOf(port);
        List<Answer> before = people.send(rate / 2, Duration.ofSeconds(calm));
        tell("before, at half of that", before);
        List<Double> health;
        List<Answer> under;
        try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
            Future<List<Double>> asking = beside.submit(() -> health(port));
            under = people.send(rate * times, Duration.ofSeconds(seconds));
            health = asking.get();
        }
        tell("under %.1f times the load".formatted(times), under);
        System.out.printf(
                "health meanwhile: asked %d times, all UP, longest %.0f ms%n",
                health.size(), Measured.quantile(health, 1));
        List<Answer> after = people.send(rate / 2, Duration.ofSeconds(calm));
        tell("after it", after);
        double recovery = recovery(before, after);
        System.out.printf("as before after %.1f s%n", recovery);
        boolean lives = born.equals(startOf(port));
        System.out.println(lives ? "the same process all the time" : "THE PROCESS DIED");
        double p99 = Measured.quantile(millis(under), 0.99);
        return lives && p99 < MOST_MILLIS && recovery < MOST_RECOVERY_SECONDS;
    }

    private static Collection<Double> millis(List<Answer> answers) {
        return answers.stream().filter(Answer::accepted).map(Answer::millis).toList();
    }

    private static void tell(String when, List<Answer> answers) {
        Map<Integer, Long> statuses =
                answers.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Answer::status, TreeMap::new, Collectors.counting()));
        StringBuilder shares = new StringBuilder();
        statuses.forEach((status, count) ->
                shares.append(
                        "%s%s %.1f %%"
                                .formatted(
                                        shares.isEmpty() ? "" : ", ",
                                        status == 0 ? "broken off" : status.toString(),
                                        100.0 * count / answers.size())));
        Collection<Double> accepted = millis(answers);
        System.out.printf(
                "%s: %d searches, %s; accepted: p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                when,
                answers.size(),
                shares,
                Measured.quantile(accepted, 0.5),
                Measured.quantile(accepted, 0.99),
                Measured.quantile(accepted, 1));
    }

    /** Seconds until nothing is refused and nineteen of twenty take at most twice the usual. */
    private static double recovery(List<Answer> before, List<Answer> after) {
        double usual = Measured.quantile(millis(before), 0.95);
        double recovered = 0;
        Map<Long, List<Answer>> windows =
                after.stream().collect(Collectors.groupingBy(a -> a.due() / WINDOW_NANOS));
        for (Map.Entry<Long, List<Answer>> window : windows.entrySet()) {
            List<Answer> answers = window.getValue();
            if (!answers.stream().allMatch(Answer::accepted)
                    || Measured.quantile(millis(answers), 0.95) > 2 * usual) {
                recovered = Math.max(recovered, (window.getKey() + 1) * WINDOW_NANOS / 1e9);
            }
        }
        return recovered;
    }

    /** Milliseconds that health takes, asked once a second for as long as the load lasts. */
    private List<Double> health(int port) throws Exception {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            long began = System.nanoTime();
            HttpResponse<String> answer = get(port, "/actuator/health/liveness");
            millis.add((System.nanoTime() - began) / 1e6);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            TimeUnit.NANOSECONDS.sleep(
                    Math.max(0, began + TimeUnit.SECONDS.toNanos(1) - System.nanoTime()));
        }
        return millis;
    }

    private String startOf(int port) throws Exception {
        return get(port, "/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("process_start_time_seconds"))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
                BodyHandlers.ofString());
    }
}
