package org.minutebook.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Damaged PDFs by the thousand through a running stack: what becomes of each, whether any service
 * ended, and what it costs sound documents that are handed in meanwhile. Their usual time is that
 * beside as many sound documents as there are damaged ones in the time.
 */
@Command(
        name = "damaged-documents",
        description =
                "Hands damaged copies of PDFs to a local stack and says what became of each; status 1 where one got lost, failed, or something ended.",
        mixinStandardHelpOptions = true)
public final class DamagedDocuments implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Uploads at once; what is uploaded and not yet read waits in the topic. */
    private static final int AT_ONCE = 2;

    private static final int PAGE = 1000;

    /** Longest time in which nothing moves. */
    private static final long PATIENCE_SECONDS = 300;

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders with PDFs to damage.")
    private List<Path> folders = List.of();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Folder of the stack's data.")
    private Path data = Path.of("");

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Damaged documents. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(
            names = "--sound",
            paramLabel = "N",
            defaultValue = "300",
            description =
                    "Sound documents before them, for the usual time. Default: ${DEFAULT-VALUE}.")
    private int sound;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "Sound documents before those, not counted: services that have just started are slower. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(names = "--seed", paramLabel = "N", description = "Makes the same files again.")
    private long seed = System.nanoTime();

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DamagedDocuments()).execute(arguments));
    }

    private record Came(
            Map<String, Integer> atTheDoor, Map<String, Integer> states, List<Double> millis) {}

    @Override
    public Integer call() throws Exception {
        RunningStack stack = RunningStack.in(data);
        List<byte[]> originals = originals();
        System.out.printf("seed %d, %d PDFs to begin with%n", seed, originals.size());
        Map<String, Long> before = processes();
        Random random = new Random(seed);
        send(
                stack,
                "warm-up-" + seed,
                warmUp,
                i -> marked(originals.get(i % originals.size()), sound + i));
        List<Double> idle = new IdleLatency(stack).measure(10, 3);
        Came usual =
                send(
                        stack,
                        "sound-" + seed,
                        sound,
                        i -> marked(originals.get(i % originals.size()), i));
        Came damaged =
                send(
                        stack,
                        "damaged-" + seed,
                        count,
                        _ ->
                                PdfMutations.mutate(
                                        originals.get(random.nextInt(originals.size())), random));
        JsonNode deadLetters =
                RunningStack.json(stack.send(stack.intake("/api/v1/dead-letters").GET()));
        Map<String, Long> after = processes();

        System.out.printf(
                "damaged: at the door %s, then %s%n", damaged.atTheDoor(), damaged.states());
        System.out.printf("sound: at the door %s, then %s%n", usual.atTheDoor(), usual.states());
        System.out.printf(
                "a sound document: alone median %.0f ms; beside sound ones median %.0f, p95 %.0f (%d); beside damaged ones median %.0f, p95 %.0f (%d), %.2f and %.2f of the usual%n",
                Measured.quantile(idle, 0.5),
                Measured.quantile(usual.millis(), 0.5),
                Measured.quantile(usual.millis(), 0.95),
                usual.millis().size(),
                Measured.quantile(damaged.millis(), 0.5),
                Measured.quantile(damaged.millis(), 0.95),
                damaged.millis().size(),
                Measured.quantile(damaged.millis(), 0.5) / Measured.quantile(usual.millis(), 0.5),
                Measured.quantile(damaged.millis(), 0.95)
                        / Measured.quantile(usual.millis(), 0.95));
        boolean allRun = before.equals(after);
        int letters = deadLetters.path("deadLetters").size();
        System.out.printf("processes the same: %s; dead letters: %d%n", allRun, letters);
        int ended =
                damaged.states().entrySet().stream()
                        .filter(state ->
                                state.getKey().equals("INDEXED")
                                        || state.getKey().startsWith("REFUSED "))
                        .mapToInt(Map.Entry::getValue)
                        .sum();
        int accepted = damaged.atTheDoor().getOrDefault("202", 0);
        System.out.printf(
                "%d of %d that were taken in ended INDEXED or REFUSED%n", ended, accepted);
        return allRun && letters == 0 && ended == accepted ? 0 : 1;
    }

    private List<byte[]> originals() throws IOException {
        List<byte[]> originals = new ArrayList<>();
        for (Path file : ReadingRates.pdfs(folders)) {
            originals.add(Files.readAllBytes(file));
        }
        if (originals.isEmpty()) {
            throw new IOException("there is no PDF in " + folders);
        }
        return originals;
    }

    /** The same document with other bytes, so that it is another one. */
    private byte[] marked(byte[] original, int number) {
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.writeBytes(original);
        marked.writeBytes(("\n%" + seed + "." + number + "\n").getBytes(StandardCharsets.US_ASCII));
        return marked.toByteArray();
    }

    private interface Documents {
        byte[] get(int number);
    }

    /** Hands in a batch, single sound documents beside it, and waits for the end of all. */
    private Came send(RunningStack stack, String name, int documents, Documents source)
            throws IOException, InterruptedException, ExecutionException {
        String batch = begin(stack, name, documents);
        Map<String, Integer> atTheDoor = new TreeMap<>();
        List<Double> millis = Collections.synchronizedList(new ArrayList<>());
        Map<String, Integer> states;
        try (ExecutorService uploads = Executors.newFixedThreadPool(AT_ONCE);
                ExecutorService beside = Executors.newSingleThreadExecutor()) {
            Future<?> measuring =
                    beside.submit(() -> {
                        IdleLatency latency = new IdleLatency(stack);
                        while (!Thread.currentThread().isInterrupted()) {
                            millis.addAll(latency.measure(1, 0));
                            TimeUnit.MILLISECONDS.sleep(200);
                        }
                        return null;
                    });
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < documents; i++) {
                byte[] document = source.get(i);
                String file = name + "-" + i + ".pdf";
                answers.add(uploads.submit(() -> upload(stack, batch, file, document)));
            }
            for (Future<String> answer : answers) {
                atTheDoor.merge(answer.get(), 1, Integer::sum);
            }
            states = await(stack, batch, atTheDoor.getOrDefault("202", 0));
            if (measuring.isDone()) {
                measuring.get(); // what broke it off
            }
            beside.shutdownNow();
        }
        return new Came(atTheDoor, states, List.copyOf(millis));
    }

    private static String begin(RunningStack stack, String name, int files)
            throws IOException, InterruptedException {
        BodyPublisher body =
                BodyPublishers.ofString(
                        JSON.writeValueAsString(
                                Map.of("name", name, "files", files, "alerts", "off")));
        HttpResponse<String> answer =
                stack.send(
                        stack.intake("/api/v1/batches")
                                .header("Content-Type", "application/json")
                                .POST(body));
        return RunningStack.json(answer).path("id").asString();
    }

    /** What the intake says: the status, and the reason where it takes the file not in. */
    private static String upload(RunningStack stack, String batch, String name, byte[] document)
            throws IOException, InterruptedException {
        while (true) {
            HttpResponse<String> answer =
                    stack.upload(name, batch, BodyPublishers.ofByteArray(document));
            if (answer.statusCode() == 503 || answer.statusCode() == 429) {
                TimeUnit.SECONDS.sleep(1);
                continue;
            }
            String code = RunningStack.json(answer).path("code").asString("");
            return code.isEmpty() ? "" + answer.statusCode() : answer.statusCode() + " " + code;
        }
    }

    /** States with reasons, once all have come to their end or nothing moves any more. */
    private static Map<String, Integer> await(RunningStack stack, String batch, int documents)
            throws IOException, InterruptedException {
        Map<String, Integer> last = Map.of();
        long movedAt = System.nanoTime();
        while (System.nanoTime() - movedAt < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
            Map<String, Integer> now = states(stack, batch);
            int ended =
                    now.entrySet().stream()
                            .filter(s -> s.getKey().matches("(INDEXED|REFUSED|FAILED).*"))
                            .mapToInt(Map.Entry::getValue)
                            .sum();
            if (ended >= documents) {
                return now;
            }
            if (!now.equals(last)) {
                movedAt = System.nanoTime();
                last = now;
            }
            TimeUnit.SECONDS.sleep(2);
        }
        return last;
    }

    private static Map<String, Integer> states(RunningStack stack, String batch)
            throws IOException, InterruptedException {
        Map<String, Integer> states = new TreeMap<>();
        String cursor = "";
        do {
            String path = "/api/v1/documents?size=%d&batch=%s%s".formatted(PAGE, batch, cursor);
            JsonNode page = RunningStack.json(stack.send(stack.intake(path).GET()));
            for (JsonNode document : page.path("documents").values()) {
                String reason = document.path("reason").asString("");
                String state = document.path("state").asString();
                states.merge((state + " " + reason).strip(), 1, Integer::sum);
            }
            String next = page.path("nextCursor").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return states;
    }

    /** Process ids of the parts that run, by name. */
    private Map<String, Long> processes() throws IOException {
        Map<String, Long> processes = new TreeMap<>();
        try (Stream<Path> files = Files.list(data.resolve("run"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                long pid = JSON.readTree(Files.readAllBytes(file)).path("pid").asLong();
                if (ProcessHandle.of(pid).isPresent()) {
                    processes.put(String.valueOf(file.getFileName()), pid);
                }
            }
        }
        return processes;
    }
}
