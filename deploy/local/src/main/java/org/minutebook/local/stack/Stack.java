package org.minutebook.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minutebook.embedded.EmbeddedElasticsearch;
import org.minutebook.embedded.EmbeddedKafka;
import org.minutebook.embedded.LogTail;
import org.minutebook.embedded.ServerFailedException;
import org.minutebook.embedded.ServerProcess;
import org.minutebook.embedded.ServerProcess.Lifetime;

/**
 * The whole product on this machine. Its parts are processes of their own that outlive the command
 * that started them; files in the data folder say which they are. Nothing is started again by
 * itself: {@link #up} starts what is missing.
 */
public final class Stack {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final long POLL_MILLIS = 100;

    private final DataFolder data;
    private final Ports ports;
    private final Map<String, Detours> detours;

    /** Servers first: a service that finds none waits, and waiting costs more than it saves. */
    private final List<List<Part>> groups;

    private final CountDownLatch abandoned = new CountDownLatch(1);

    /**
     * The stack in a folder.
     *
     * @param data its folder
     * @param firstPort first of its ports; null for those it had last, or the default
     */
    public Stack(DataFolder data, @Nullable Integer firstPort) {
        this(data, firstPort, Map.of());
    }

    private Stack(DataFolder data, @Nullable Integer firstPort, Map<String, Detours> detours) {
        this.data = data;
        this.detours = Map.copyOf(detours);
        this.ports = new Ports(firstPort != null ? firstPort : data.port().orElse(Ports.DEFAULT));
        this.groups = parts();
    }

    private List<List<Part>> parts() {
        EmbeddedKafka kafka =
                new EmbeddedKafka(
                        data.part("kafka"),
                        ports.kafka(),
                        ports.kafkaController(),
                        EmbeddedKafka.SMALL,
                        true,
                        detours.values().stream().map(Detours::kafka).toList());
        EmbeddedElasticsearch elasticsearch =
                new EmbeddedElasticsearch(
                        data.part("elasticsearch"),
                        ports.elasticsearch(),
                        ports.elasticsearchTransport(),
                        EmbeddedElasticsearch.SMALL);
        String store = "minutebook.store.directory=" + data.store();
        String hash = "local:" + data.uploadKey().map(Stack::sha256).orElse("");
        String key = "minutebook.ingest.key-hashes=" + hash;
        List<String> search = new ArrayList<>(List.of(store));
        search.add("minutebook.alerts.operator-key-hashes=" + hash);
        search.add("minutebook.alerts.webhook-allow=127.0.0.1:" + ports.demoWebhook());
        if (!sendsMail()) {
            // Nobody listens there but the demonstration: e-mail stays on this machine.
            search.add("spring.mail.host=127.0.0.1");
            search.add("spring.mail.port=" + ports.demoMail());
        }
        String pages = "minutebook.pages.search-address=http://127.0.0.1:" + ports.search();
        return List.of(
                List.of(
                        new Part.Server(
                                "kafka",
                                List.of(ports.kafka(), ports.kafkaController()),
                                kafka.bootstrapServers(),
                                kafka,
                                data),
                        new Part.Server(
                                "elasticsearch",
                                List.of(ports.elasticsearch(), ports.elasticsearchTransport()),
                                elasticsearch.uri().toString(),
                                elasticsearch,
                                data)),
                List.of(
                        service("ingest-service", ports.ingest(), store, key, pages),
                        service("extract-service", ports.extract(), store),
                        service("index-service", ports.index(), store),
                        service("search-api", ports.search(), search.toArray(String[]::new))));
    }

    /** Whether e-mail leaves this machine: whoever starts the stack has set a mail server. */
    public static boolean sendsMail() {
        return System.getenv("SPRING_MAIL_HOST") != null;
    }

    private Service service(String name, int port, String... settings) {
        Detours way = detours.get(name);
        List<String> all = new ArrayList<>(List.of(settings));
        all.add(
                "spring.kafka.bootstrap-servers=localhost:"
                        + (way == null ? ports.kafka() : way.kafka().advertised()));
        if (!name.equals("extract-service")) {
            all.add(
                    "spring.elasticsearch.uris=http://127.0.0.1:"
                            + (way == null ? ports.elasticsearch() : way.elasticsearch()));
        }
        return new Service(name, port, all, data, ServicePrograms.ofProject());
    }

    private static String sha256(String key) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where its data is. */
    public DataFolder data() {
        return data;
    }

    /** Its ports. */
    public Ports ports() {
        return ports;
    }

    private Stream<Part> all() {
        return groups.stream().flatMap(List::stream);
    }

    /**
     * How a service reaches the servers where something stands between.
     *
     * @param kafka the broker's entrance for this service, and the port before it
     * @param elasticsearch the port before Elasticsearch
     */
    public record Detours(EmbeddedKafka.Detour kafka, int elasticsearch) {}

    /** Makes the data folder and the upload key where they are missing; needed before the start. */
    public static Stack create(DataFolder data, @Nullable Integer firstPort) {
        return create(data, firstPort, Map.of());
    }

    /**
     * The same, with something between services and servers.
     *
     * @param detours by name of the service; one that is not named has none
     */
    public static Stack create(
            DataFolder data, @Nullable Integer firstPort, Map<String, Detours> detours) {
        data.create();
        try {
            data.ensureUploadKey();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Stack(data, firstPort, detours);
    }

    /**
     * Starts what is missing and returns when everything is ready.
     *
     * @param progress told what happens, in a line for a person
     * @return names of the parts that were started
     * @throws StackException if a port is taken, or a part fails or is not ready in time
     */
    public List<String> up(Consumer<String> progress) {
        try (Lock held = lock(progress)) {
            held.requireValid();
            Optional<Integer> before = data.port();
            if (before.isPresent()
                    && before.get() != ports.first()
                    && all().anyMatch(part -> process(part).isPresent())) {
                throw new StackException(
                        "The stack in %s runs on the ports from %d. Stop it first: ./minutebook down --data %s"
                                .formatted(data.root(), before.get(), data.root()));
            }
            all().filter(part -> process(part).isEmpty()).forEach(this::stopOrphans);
            requireFreePorts();
            data.rememberPort(ports.first());
            ServicePrograms.ofProject().prepareAll();
            return bringUp(progress);
        } catch (IOException e) {
            throw new StackException("The stack cannot be started: " + e.getMessage());
        }
    }

    /**
     * Starts one part that has ended, alone, and returns at once; nothing happens where it runs.
     *
     * @return whether it was started
     */
    public boolean startAgain(String name) {
        try {
            Part part = all().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
            if (process(part).isPresent()) {
                return false;
            }
            stopOrphans(part);
            start(part);
            return true;
        } catch (IOException e) {
            throw new StackException(name + " cannot be started: " + e.getMessage());
        }
    }

    private void requireFreePorts() {
        List<String> taken = takenPorts();
        if (!taken.isEmpty()) {
            throw new StackException(
                    "Other programs use the ports of this stack:%n%s%nMove it, for example: ./minutebook up --port %d"
                            .formatted(
                                    String.join(System.lineSeparator(), taken),
                                    ports.nextFree().first()));
        }
    }

    /**
     * Ports that parts which do not run would need and others have, each in a line for a person.
     */
    public List<String> takenPorts() {
        List<String> taken = new ArrayList<>();
        all().filter(part -> process(part).isEmpty())
                .forEach(part ->
                        part.ports().stream()
                                .filter(port -> !Ports.isFree(port))
                                .forEach(port ->
                                        taken.add(
                                                "  port %d, for %s, is used by %s"
                                                        .formatted(
                                                                port,
                                                                part.name(),
                                                                PortUser.of(port)))));
        return taken;
    }

    /** Whether a part was started and not stopped since. */
    public boolean shouldRun(String part) {
        return Files.exists(data.processFile(part));
    }

    /** A part on its way up. */
    private static final class Starting {
        private ProcessHandle handle;
        private boolean ours;
        private long end;

        Starting(ProcessHandle handle, boolean ours, long end) {
            this.handle = handle;
            this.ours = ours;
            this.end = end;
        }
    }

    /**
     * Starts the missing parts, each as soon as those that it needs are ready, and waits until all
     * of them are. Only as many at once as there are processors: more of them would only hold up
     * Elasticsearch, which takes longest.
     */
    private List<String> bringUp(Consumer<String> progress) throws IOException {
        List<String> started = new ArrayList<>();
        Set<String> ready = new HashSet<>();
        List<Part> waiting = new ArrayList<>(all().toList());
        Map<Part, Starting> starting = new LinkedHashMap<>();
        while (!waiting.isEmpty() || !starting.isEmpty()) {
            for (Part part : List.copyOf(waiting)) {
                if (starting.size() < AT_ONCE && ready.containsAll(part.needs())) {
                    waiting.remove(part);
                    Optional<ProcessHandle> running = process(part);
                    if (running.isEmpty()) {
                        progress.accept("starting " + part.name());
                        started.add(part.name());
                    }
                    starting.put(
                            part,
                            new Starting(
                                    running.isPresent() ? running.get() : start(part),
                                    running.isEmpty(),
                                    deadline(part)));
                }
            }
            for (Map.Entry<Part, Starting> entry : List.copyOf(starting.entrySet())) {
                Part part = entry.getKey();
                Starting one = entry.getValue();
                if (part.isReady() && ServerProcess.isRunning(one.handle)) {
                    PartProcess.of(one.handle, part.version()).write(data.processFile(part.name()));
                    starting.remove(part);
                    ready.add(part.name());
                    if (one.ours) {
                        progress.accept(part.name() + " is ready");
                    }
                } else if (!ServerProcess.isRunning(one.handle)) {
                    if (one.ours) {
                        throw failed(part, "ended before it was ready");
                    }
                    // It was there, dying: it counts as missing after all.
                    progress.accept("starting " + part.name());
                    started.add(part.name());
                    stopOrphans(part);
                    one.handle = start(part);
                    one.ours = true;
                    one.end = deadline(part);
                } else if (System.nanoTime() - one.end > 0) {
                    throw failed(
                            part,
                            "was not ready within %d s".formatted(part.startLimit().toSeconds()));
                }
            }
            pause();
        }
        return started;
    }

    private static long deadline(Part part) {
        return System.nanoTime() + part.startLimit().toNanos();
    }

    private ProcessHandle start(Part part) throws IOException {
        if (abandoned.getCount() == 0) {
            throw new StackException("The start was broken off.");
        }
        ServerProcess process;
        try {
            process = ServerProcess.start(part.launch(), Lifetime.DETACHED);
        } catch (ServerFailedException e) {
            throw new StackException(String.valueOf(e.getMessage()));
        }
        PartProcess.of(process.handle(), part.version()).write(data.processFile(part.name()));
        return process.handle();
    }

    private StackException failed(Part part, String what) {
        return new StackException(
                "%s %s. Its log, %s, ends with:%n%s%nWhat is running goes on; ./minutebook up tries again, ./minutebook down stops it."
                        .formatted(
                                part.name(),
                                what,
                                data.log(part.name()),
                                LogTail.of(data.log(part.name()))));
    }

    private void pause() {
        try {
            if (abandoned.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new StackException("The start was broken off.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("The start was interrupted.");
        }
    }

    /** What a part that was killed has left running stands in the way of the new one. */
    private void stopOrphans(Part part) {
        PartProcess.read(data.processFile(part.name())).stream()
                .flatMap(PartProcess::orphans)
                .forEach(orphan -> ServerProcess.stop(orphan, STOP_LIMIT));
    }

    private Optional<ProcessHandle> process(Part part) {
        return PartProcess.read(data.processFile(part.name())).flatMap(PartProcess::handle);
    }

    /**
     * Stops everything cleanly and keeps the data; by force what has not ended in time.
     *
     * @param progress told what happens, in a line for a person
     * @return names of the parts that were running
     */
    public List<String> down(Consumer<String> progress) {
        if (!Files.isDirectory(data.root())) {
            return List.of();
        }
        try (Lock held = lock(progress)) {
            held.requireValid();
            return stopAll(progress);
        } catch (IOException e) {
            throw new StackException("The stack cannot be stopped: " + e.getMessage());
        }
    }

    /** For a start that is broken off from outside: stops everything, whoever holds the lock. */
    public void abandon(Consumer<String> progress) {
        abandoned.countDown();
        try {
            stopAll(progress);
        } catch (IOException e) {
            progress.accept("stopping failed: " + e.getMessage());
        }
    }

    private List<String> stopAll(Consumer<String> progress) throws IOException {
        List<String> stopped = new ArrayList<>();
        for (List<Part> group : groups.reversed()) {
            List<Part> running = group.stream().filter(part -> process(part).isPresent()).toList();
            running.forEach(part -> {
                progress.accept("stopping " + part.name());
                stopped.add(part.name());
            });
            try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Part part : group) {
                    each.execute(() -> {
                        process(part)
                                .ifPresent(handle -> {
                                    if (!ServerProcess.stop(handle, STOP_LIMIT)) {
                                        progress.accept(part.name() + " had to be killed");
                                    }
                                });
                        stopOrphans(part);
                    });
                }
            }
            for (Part part : group) {
                Files.deleteIfExists(data.processFile(part.name()));
            }
        }
        return stopped;
    }

    /** How a part does. */
    public enum State {
        /** It takes requests. */
        READY,
        /** Its process runs and does not take requests, yet or any more. */
        STARTING,
        /** It does not run. */
        STOPPED
    }

    /**
     * One part.
     *
     * @param name its name
     * @param state how it does
     * @param address where clients reach it
     * @param version of what runs, or would be started
     * @param memoryBytes resident memory of it and of what it started; null where it does not run
     * @param pid its process id; null where it does not run
     */
    public record PartStatus(
            String name,
            State state,
            String address,
            String version,
            @Nullable Long memoryBytes,
            @Nullable Long pid) {}

    /** All parts, servers first. */
    public List<PartStatus> status() {
        List<Future<PartStatus>> answers;
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = all().map(part -> each.submit(() -> status(part))).toList();
        } // waits for all of them
        return answers.stream().map(Future::resultNow).toList();
    }

    private PartStatus status(Part part) {
        Optional<PartProcess> recorded = PartProcess.read(data.processFile(part.name()));
        Optional<ProcessHandle> handle = recorded.flatMap(PartProcess::handle);
        if (handle.isEmpty()) {
            return new PartStatus(
                    part.name(), State.STOPPED, part.address(), part.version(), null, null);
        }
        return new PartStatus(
                part.name(),
                part.isReady() ? State.READY : State.STARTING,
                part.address(),
                recorded.map(PartProcess::version).orElseGet(part::version),
                ServerProcess.residentBytes(handle.get()),
                handle.get().pid());
    }

    /** Only one command at a time starts or stops parts of one stack. */
    private record Lock(FileChannel channel, FileLock lock) implements AutoCloseable {
        void requireValid() {
            if (!lock.isValid()) {
                throw new IllegalStateException("lock lost");
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private Lock lock(Consumer<String> progress) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        data.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            progress.accept("waiting for another command that starts or stops this stack");
            lock = channel.lock();
        }
        return new Lock(channel, lock);
    }
}
