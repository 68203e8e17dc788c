package org.minutebook.benchmarks;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.embedded.EmbeddedElasticsearch;
import org.minutebook.embedded.FreePorts;
import org.minutebook.embedded.JavaProgram;
import org.minutebook.embedded.Launch;
import org.minutebook.embedded.ServerProcess;
import org.minutebook.embedded.ServerProcess.Lifetime;
import org.minutebook.index.elasticsearch.IndexEntries;
import org.minutebook.index.elasticsearch.ItemIndex;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the search service adds to a search. The packaged service and Elasticsearch run as processes
 * of their own; for each query the body that the service sends is recorded, and then sent to
 * Elasticsearch directly in turn with asking the service, so that a machine that is slower for a
 * while is slower for both. Then the rate that the service sustains, and how long answers take at
 * half of it.
 */
@Command(
        name = "search-overhead",
        mixinStandardHelpOptions = true,
        description = "Time of a search of the API over time of the same search of Elasticsearch.")
final class SearchOverhead implements Callable<Integer> {

    private static final Duration START_LIMIT = Duration.ofMinutes(15);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final int DOCUMENTS_AT_ONCE = 200;
    static final int WARMING_CLIENTS = 4;
    private static final int SLOWEST_SHOWN = 8;
    private static final double MILLION = 1_000_000.0;
    private static final String JSON = "application/vnd.elasticsearch+json; compatible-with=9";

    @Option(
            names = "--items",
            defaultValue = "200000",
            description = "Items in the index (default: ${DEFAULT-VALUE}).")
    private int items;

    @Option(
            names = "--data",
            required = true,
            description = "Folder for the index; one that a run before filled is used again.")
    private Path data = Path.of("");

    @Option(
            names = "--seconds",
            defaultValue = "60",
            description = "Length of each part (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "360",
            description =
                    "Seconds of searches before those that count: Java needs thousands of them until it has "
                            + "compiled all that a search needs (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--clients",
            split = ",",
            defaultValue = "1,4",
            description = "Numbers of clients at once (default: ${DEFAULT-VALUE}).")
    private List<Integer> clients = List.of();

    @Option(
            names = "--walk",
            defaultValue = "100000",
            description = "Items of one result to page through (default: ${DEFAULT-VALUE}).")
    private int walk;

    @Option(
            names = "--java",
            split = " ",
            defaultValue = "-Xmx256m -XX:+UseSerialGC",
            description = "Options of the service's Java (default: ${DEFAULT-VALUE}).")
    private List<String> java = List.of();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A query, and what the service sends to Elasticsearch for it. */
    record Asked(String query, String path, String type, byte[] body) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SearchOverhead()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        with(this::measure);
        return 0;
    }

    /** What is done with the service, a filled index and what the service sends to it. */
    interface Part {
        void run(URI elasticsearch, int port, List<Asked> asked) throws Exception;
    }

    /**
     * The middle time of a search of the API over that of the same search of Elasticsearch, one
     * client.
     *
     * @param data folder for an index of its own
     * @param items in the index
     * @param seconds of measuring, after the usual warm-up
     */
    static double ratio(Path data, int items, int seconds) throws Exception {
        SearchOverhead overhead = new SearchOverhead();
        new CommandLine(overhead)
                .parseArgs("--data=" + data, "--items=" + items, "--seconds=" + seconds);
        double[] ratio = new double[1];
        overhead.with((elasticsearch, port, asked) -> {
            overhead.compare(elasticsearch, port, asked, WARMING_CLIENTS, overhead.warmUp, false);
            ratio[0] = overhead.compare(elasticsearch, port, asked, 1, seconds, true);
        });
        return ratio[0];
    }

    void with(Part part) throws Exception {
        List<Integer> ports = FreePorts.any(4);
        EmbeddedElasticsearch server =
                new EmbeddedElasticsearch(
                        Files.createDirectories(data),
                        ports.get(0),
                        ports.get(1),
                        List.of("-Xms1g", "-Xmx1g"));
        ServerProcess elasticsearch =
                ServerProcess.start(server.prepare(), Lifetime.WITH_THIS_PROCESS);
        try {
            elasticsearch.awaitReady(server::isReady, START_LIMIT);
            FilledIndex.fill(server.uri(), this::fill);
            List<Asked> asked = record(server.uri(), ports.get(2), ports.get(3));
            ServerProcess service = service(server.uri(), ports.get(2), "measured");
            try {
                part.run(server.uri(), ports.get(2), asked);
            } finally {
                service.stop(STOP_LIMIT);
            }
        } finally {
            elasticsearch.stop(STOP_LIMIT);
        }
    }

    private void fill(ItemIndex index, ElasticsearchClient client) throws IOException {
        int documents = Math.ceilDiv(items, GeneratedItems.ITEMS);
        long there = client.count(c -> c.index(IndexEntry.ALIAS)).count();
        if (there < (long) documents * (GeneratedItems.ITEMS + 1)) {
            long began = System.nanoTime();
            fill(index, documents);
            System.out.printf(
                    "%d items written in %.0f s%n",
                    documents * GeneratedItems.ITEMS, (System.nanoTime() - began) / 1000 / MILLION);
        }
    }

    private static void fill(ItemIndex index, int documents) {
        GeneratedItems generated = new GeneratedItems(1);
        Clock clock = Clock.systemUTC();
        for (int from = 0; from < documents; from += DOCUMENTS_AT_ONCE) {
            List<IndexEntries> batch = new ArrayList<>();
            for (int i = from; i < Math.min(documents, from + DOCUMENTS_AT_ONCE); i++) {
                batch.add(IndexEntries.of(generated.document(i), clock.instant()));
            }
            ItemIndex.Written written = index.write(IndexEntry.ALIAS, batch);
            if (!written.rejections().isEmpty()) {
                throw new IllegalStateException(written.rejections().toString());
            }
        }
    }

    /** What the service sends for each query, seen on the way. */
    private List<Asked> record(URI elasticsearch, int port, int proxyPort) throws Exception {
        ConcurrentLinkedQueue<Asked> seen = new ConcurrentLinkedQueue<>();
        HttpServer proxy =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), proxyPort), 0);
        proxy.createContext(
                "/",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    URI uri = exchange.getRequestURI();
                    String type =
                            Objects.requireNonNullElse(
                                    exchange.getRequestHeaders().getFirst("Content-Type"), JSON);
                    if (uri.getPath().matches(".*/_m?search")) {
                        seen.add(new Asked("", uri.toString(), type, body));
                    }
                    HttpRequest.Builder forward =
                            HttpRequest.newBuilder(elasticsearch.resolve(uri.toString()))
                                    .method(
                                            exchange.getRequestMethod(),
                                            BodyPublishers.ofByteArray(body))
                                    .header("Accept", JSON);
                    if (body.length > 0) {
                        forward.header("Content-Type", type);
                    }
                    HttpResponse<byte[]> answer = send(forward.build());
                    answer.headers()
                            .firstValue("Content-Type")
                            .ifPresent(told ->
                                    exchange.getResponseHeaders().set("Content-Type", told));
                    exchange.getResponseHeaders().set("X-elastic-product", "Elasticsearch");
                    exchange.sendResponseHeaders(
                            answer.statusCode(),
                            answer.body().length == 0 ? -1 : answer.body().length);
                    exchange.getResponseBody().write(answer.body());
                    exchange.close();
                });
        proxy.start();
        ServerProcess service =
                service(URI.create("http://localhost:" + proxyPort), port, "recording");
        List<Asked> asked = new ArrayList<>();
        try {
            for (String query : GeneratedItems.queries()) {
                send(api(port, query)); // names of facets are asked for once and remembered
                seen.clear();
                HttpResponse<byte[]> answer = send(api(port, query));
                if (answer.statusCode() == 200 && seen.size() == 1) {
                    Asked one = seen.remove();
                    asked.add(new Asked(query, one.path(), one.type(), one.body()));
                } else {
                    System.out.printf(
                            "'%s' is left out: %d with %d searches%n",
                            query, answer.statusCode(), seen.size());
                }
            }
        } finally {
            service.stop(STOP_LIMIT);
            proxy.stop(0);
        }
        return asked;
    }

    private ServerProcess service(URI elasticsearch, int port, String name) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(JavaProgram.ofThisProcess().toString());
        command.addAll(java);
        command.addAll(
                List.of(
                        "-jar",
                        PackagedService.jar("search-api").toString(),
                        "--server.port=" + port,
                        "--spring.elasticsearch.uris=" + elasticsearch,
                        "--minutebook.alerts.enabled=false",
                        "--minutebook.store.directory=" + data.resolve("store")));
        ServerProcess service =
                ServerProcess.start(
                        new Launch(
                                "search-api",
                                command,
                                Map.of(),
                                data,
                                data.resolve("search-api-" + name + ".log")),
                        Lifetime.WITH_THIS_PROCESS);
        service.awaitReady(
                () -> {
                    try {
                        return send(api(port, "ready")).statusCode() == 200;
                    } catch (UncheckedIOException e) {
                        return false;
                    }
                },
                START_LIMIT);
        return service;
    }

    private void measure(URI elasticsearch, int port, List<Asked> asked) throws Exception {
        System.out.printf("%d queries%n", asked.size());
        compare(elasticsearch, port, asked, WARMING_CLIENTS, warmUp, false);
        for (int many : clients) {
            compare(elasticsearch, port, asked, many, seconds, true);
        }
        double rate = sustained(port, asked);
        System.out.printf("sustained: %.0f searches a second%n", rate);
        atRate(port, asked, rate / 2);
        walk(port);
        System.out.printf(
                "%d processors, Java %s%n",
                Runtime.getRuntime().availableProcessors(), Runtime.version());
    }

    /** Both ways in turn, in an order drawn for each query. */
    double compare(
            URI elasticsearch, int port, List<Asked> asked, int many, int length, boolean said)
            throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(length).toNanos();
        Map<String, Queue<Double>> byQuery = new ConcurrentHashMap<>();
        List<Future<List<long[]>>> runs = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(many)) {
            for (int client = 0; client < many; client++) {
                Random random = new Random(client);
                runs.add(
                        pool.submit(() -> {
                            List<long[]> pairs = new ArrayList<>();
                            while (System.nanoTime() < end) {
                                Asked one = asked.get(random.nextInt(asked.size()));
                                HttpRequest direct = direct(elasticsearch, one);
                                HttpRequest api = api(port, one.query());
                                boolean first = random.nextBoolean();
                                long a = time(first ? direct : api);
                                long b = time(first ? api : direct);
                                pairs.add(first ? new long[] {a, b} : new long[] {b, a});
                                byQuery.computeIfAbsent(
                                                one.query(), _ -> new ConcurrentLinkedQueue<>())
                                        .add((first ? b : a) / MILLION);
                            }
                            return pairs;
                        }));
            }
        }
        List<long[]> all = new ArrayList<>();
        for (Future<List<long[]>> run : runs) {
            all.addAll(run.get());
        }
        long[] direct = all.stream().mapToLong(pair -> pair[0]).sorted().toArray();
        long[] api = all.stream().mapToLong(pair -> pair[1]).sorted().toArray();
        double ratio = part(api, 0.5) / part(direct, 0.5);
        if (said) {
            System.out.printf(
                    "%d clients, %d searches each way: Elasticsearch p50 %.1f ms p95 %.1f ms, API p50 %.1f ms p95 %.1f ms, ratio of p50 %.2f%n",
                    many,
                    all.size(),
                    part(direct, 0.5),
                    part(direct, 0.95),
                    part(api, 0.5),
                    part(api, 0.95),
                    ratio);
            System.out.println("  slowest of the API: " + slowest(byQuery));
        }
        return ratio;
    }

    private static String slowest(Map<String, Queue<Double>> millisByQuery) {
        Map<String, Double> medians = new HashMap<>();
        millisByQuery.forEach(
                (query, millis) -> medians.put(query, Measured.median(List.copyOf(millis))));
        return medians.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(SLOWEST_SHOWN)
                .map(query -> "'%s' %.0f ms".formatted(query.getKey(), query.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static double part(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * share))]
                / MILLION;
    }

    /** Searches a second with clients that ask again as soon as they have the answer. */
    double sustained(int port, List<Asked> asked) throws Exception {
        long began = System.nanoTime();
        long end = began + Duration.ofSeconds(seconds).toNanos();
        AtomicInteger count = new AtomicInteger();
        int many = 2 * Runtime.getRuntime().availableProcessors();
        List<Future<?>> runs = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(many)) {
            for (int client = 0; client < many; client++) {
                Random random = new Random(client);
                runs.add(
                        pool.submit(() -> {
                            while (System.nanoTime() < end) {
                                time(api(port, asked.get(random.nextInt(asked.size())).query()));
                                count.incrementAndGet();
                            }
                        }));
            }
        }
        for (Future<?> run : runs) {
            run.get();
        }
        return count.get() / ((System.nanoTime() - began) / 1000 / MILLION);
    }

    /**
     * Searches that come at a rate whatever became of those before; timed from when they were due.
     */
    private void atRate(int port, List<Asked> asked, double rate) throws Exception {
        Random random = new Random(3);
        OpenLoop people =
                new OpenLoop(
                        http,
                        () -> api(port, asked.get(random.nextInt(asked.size())).query()),
                        random);
        List<Double> millis = new ArrayList<>();
        for (OpenLoop.Answer answer : people.send(rate, Duration.ofSeconds(seconds))) {
            if (!answer.accepted()) {
                throw new IllegalStateException("a search was answered by " + answer.status());
            }
            millis.add(answer.millis());
        }
        System.out.printf(
                "at %.0f searches a second, %d of them: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                rate,
                millis.size(),
                Measured.quantile(millis, 0.5),
                Measured.quantile(millis, 0.95),
                Measured.quantile(millis, 0.99),
                Measured.quantile(millis, 1));
        long slow = millis.stream().filter(took -> took > 150).count();
        System.out.printf("%d took longer than 150 ms%n", slow);
    }

    /** Through a large result from page to page, looking for items that come twice. */
    private void walk(int port) {
        JsonMapper json = JsonMapper.shared();
        Set<String> seen = new HashSet<>();
        long began = System.nanoTime();
        String cursor = "";
        int came = 0;
        while (came < walk) {
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://localhost:%d/api/v1/items?q=council&size=100&cursor=%s"
                                                    .formatted(port, cursor)))
                            .build();
            JsonNode answer = json.readTree(send(request).body());
            answer.get("items").forEach(item -> seen.add(item.get("id").asString()));
            came += answer.get("items").size();
            cursor = answer.path("nextCursor").asString("");
            if (cursor.isEmpty()) {
                break;
            }
        }
        System.out.printf(
                "walked through %d items of a result, %d of them different, in %.0f s%n",
                came, seen.size(), (System.nanoTime() - began) / 1000 / MILLION);
    }

    private static HttpRequest direct(URI elasticsearch, Asked asked) {
        return HttpRequest.newBuilder(elasticsearch.resolve(asked.path()))
                .header("Content-Type", asked.type())
                .header("Accept", JSON)
                .POST(BodyPublishers.ofByteArray(asked.body()))
                .build();
    }

    static HttpRequest api(int port, String query) {
        return HttpRequest.newBuilder(
                        URI.create(
                                "http://localhost:%d/api/v1/items?q=%s"
                                        .formatted(
                                                port,
                                                URLEncoder.encode(query, StandardCharsets.UTF_8))))
                .build();
    }

    private long time(HttpRequest request) {
        long began = System.nanoTime();
        HttpResponse<byte[]> answer = send(request);
        long nanos = System.nanoTime() - began;
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(
                    "%s: %d %s"
                            .formatted(
                                    request.uri(),
                                    answer.statusCode(),
                                    new String(answer.body(), StandardCharsets.UTF_8)));
        }
        return nanos;
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
