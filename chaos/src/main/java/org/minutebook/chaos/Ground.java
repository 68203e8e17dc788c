package org.minutebook.chaos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minutebook.chaos.Fault.Kind;
import org.minutebook.embedded.EmbeddedKafka.Detour;
import org.minutebook.embedded.ServerProcess;
import org.minutebook.local.client.Alerts;
import org.minutebook.local.client.Intake;
import org.minutebook.local.stack.DataFolder;
import org.minutebook.local.stack.ServicePrograms;
import org.minutebook.local.stack.Stack;
import org.minutebook.local.stack.Stack.Detours;
import org.minutebook.local.stack.Stack.PartStatus;
import org.minutebook.local.stack.Stack.State;
import org.minutebook.testservers.Cable;

/**
 * A stack that faults are done to. Each service has cables of its own to Kafka and to
 * Elasticsearch, and the clerks have one to the intake; nothing goes past them.
 */
final class Ground implements AutoCloseable {

    /** What can be killed and paused. */
    static final List<String> PARTS =
            Stream.concat(ServicePrograms.NAMES.stream(), Stream.of("kafka", "elasticsearch"))
                    .toList();

    /** What can be cut off. */
    static final List<String> CABLES =
            List.of(
                    "ingest-service to kafka",
                    "extract-service to kafka",
                    "index-service to kafka",
                    "search-api to kafka",
                    "ingest-service to elasticsearch",
                    "index-service to elasticsearch",
                    "search-api to elasticsearch",
                    "clerks to ingest-service");

    /** What can run out of room. */
    static final String DISK = "disk";

    /** Ports that a run takes, from its first. */
    static final int PORTS = 30;

    private static final int DETOUR = 10;
    private static final int CABLE = 15;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    /** Only these may end by themselves on a full disk. */
    private static final Set<String> SERVERS = Set.of("kafka", "elasticsearch");

    private final Stack stack;
    private final @Nullable Disk disk;
    private final Map<String, Cable> cables;
    private final Intake intake;
    private final Alerts alerts;
    private final Consumer<String> say;

    /** One fault of a target at a time. */
    private final Map<String, Lock> locks = new HashMap<>();

    /** Parts that are meant to be away. */
    private final Set<String> away = ConcurrentHashMap.newKeySet();

    private final List<String> surprises = new CopyOnWriteArrayList<>();
    private volatile Instant fullUntil = Instant.MIN;

    private Ground(
            Stack stack, @Nullable Disk disk, Map<String, Cable> cables, Consumer<String> say) {
        this.stack = stack;
        this.disk = disk;
        this.cables = cables;
        this.say = say;
        String key = stack.data().uploadKey().orElseThrow();
        intake = new Intake(address(cable("clerks to ingest-service").port()), key);
        alerts = new Alerts(address(stack.ports().search()), key);
        Stream.of(PARTS, CABLES, List.of(DISK))
                .flatMap(List::stream)
                .forEach(target -> locks.put(target, new ReentrantLock()));
    }

    /**
     * Starts it.
     *
     * @param data folder of its data; must be empty or absent
     * @param port first of {@value #PORTS} ports
     * @param say told what happens
     */
    static Ground start(Path data, int port, Consumer<String> say)
            throws IOException, InterruptedException {
        Disk disk = Disk.mount(data);
        if (disk == null) {
            say.accept(
                    "this system lets nobody mount a disk here (that needs root, mkfs.ext4 and loop devices): the disk stays as it is");
        }
        Map<String, Cable> cables = new LinkedHashMap<>();
        Map<String, Detours> detours = new HashMap<>();
        for (int i = 0; i < ServicePrograms.NAMES.size(); i++) {
            String service = ServicePrograms.NAMES.get(i);
            int elasticsearch = port + CABLE + ServicePrograms.NAMES.size() + i;
            detours.put(
                    service,
                    new Detours(new Detour(port + DETOUR + i, port + CABLE + i), elasticsearch));
            cables.put(
                    service + " to kafka",
                    new Cable(port + CABLE + i, "127.0.0.1", port + DETOUR + i));
            if (CABLES.contains(service + " to elasticsearch")) {
                cables.put(
                        service + " to elasticsearch",
                        new Cable(elasticsearch, "127.0.0.1", port + 6));
            }
        }
        Stack stack = Stack.create(new DataFolder(data), port, detours);
        cables.put(
                "clerks to ingest-service",
                new Cable(port + CABLE + 8, "127.0.0.1", stack.ports().ingest()));
        cables.values().forEach(Cable::plugIn);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stack.abandon(line -> {})));
        stack.up(say);
        return new Ground(stack, disk, cables, say);
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private Cable cable(String name) {
        Cable cable = cables.get(name);
        if (cable == null) {
            throw new IllegalArgumentException(name);
        }
        return cable;
    }

    Stack stack() {
        return stack;
    }

    /** Where clerks hand in. */
    Intake intake() {
        return intake;
    }

    /** Where people subscribe. */
    Alerts alerts() {
        return alerts;
    }

    /** Whether the disk can be filled. */
    boolean hasDisk() {
        return disk != null;
    }

    /** Parts that ended when nobody ended them, each in a line. */
    List<String> surprises() {
        return List.copyOf(surprises);
    }

    /**
     * Does something wrong, and makes it good again.
     *
     * @return whether it was done
     */
    boolean commit(Fault fault) throws IOException, InterruptedException {
        if (fault.target().equals(DISK) && disk == null) {
            return false;
        }
        Lock lock = locks.get(fault.target());
        if (lock == null) {
            throw new IllegalArgumentException(fault.target());
        }
        lock.lockInterruptibly();
        try {
            say.accept(fault.toString());
            switch (fault.kind()) {
                case KILL -> kill(fault);
                case RESTART -> restart(fault);
                case PAUSE -> pause(fault);
                case CUT_OFF, SILENCE, SLOW -> disturb(fault);
                case DISK_LOW, DISK_FULL -> fill(fault);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void kill(Fault fault) throws InterruptedException {
        away.add(fault.target());
        try {
            // The servers are behind a starter; of a service only itself, as a lack of memory does.
            processes(fault.target(), SERVERS.contains(fault.target()))
                    .forEach(ProcessHandle::destroyForcibly);
            Waiting.pass(fault.length());
            startAgain(fault.target());
        } finally {
            away.remove(fault.target());
        }
    }

    private void restart(Fault fault) throws InterruptedException {
        away.add(fault.target());
        try {
            for (ProcessHandle process : processes(fault.target(), false)) {
                if (!ServerProcess.stop(process, STOP_LIMIT)) {
                    surprises.add("%s did not end when asked".formatted(fault.target()));
                }
            }
            startAgain(fault.target());
        } finally {
            away.remove(fault.target());
        }
    }

    /** Starts a part that has ended and waits until it takes requests. */
    private void startAgain(String part) throws InterruptedException {
        Instant end = Instant.now().plus(START_LIMIT);
        while (status(part).state() != State.READY) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(part + " does not come up");
            }
            stack.startAgain(part);
            Waiting.pass(Duration.ofMillis(200));
        }
    }

    private PartStatus status(String part) {
        return stack.status().stream()
                .filter(one -> one.name().equals(part))
                .findFirst()
                .orElseThrow();
    }

    private List<ProcessHandle> processes(String part, boolean withChildren) {
        Long pid = status(part).pid();
        if (pid == null) {
            return List.of();
        }
        return ProcessHandle.of(pid).stream()
                .flatMap(process ->
                        withChildren
                                ? Stream.concat(Stream.of(process), process.descendants())
                                : Stream.of(process))
                .toList();
    }

    private void pause(Fault fault) throws IOException, InterruptedException {
        List<ProcessHandle> processes = processes(fault.target(), true);
        away.add(fault.target());
        try {
            signal("-STOP", processes);
            Waiting.pass(fault.length());
        } finally {
            signal("-CONT", processes);
            away.remove(fault.target());
        }
    }

    private static void signal(String signal, List<ProcessHandle> processes)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        if (!processes.isEmpty()) {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
        }
    }

    private void disturb(Fault fault) throws InterruptedException {
        Cable cable = cable(fault.target());
        try {
            if (fault.kind() == Kind.CUT_OFF) {
                cable.pullOut();
            } else if (fault.kind() == Kind.SILENCE) {
                cable.fallSilent();
            } else {
                cable.slowDown(fault.delay());
            }
            Waiting.pass(fault.length());
        } finally {
            cable.plugIn();
            cable.speedUp();
        }
    }

    private void fill(Fault fault) throws IOException, InterruptedException {
        Disk filled = java.util.Objects.requireNonNull(disk);
        try {
            if (fault.kind() == Kind.DISK_LOW) {
                filled.fillToReserve();
            } else {
                fullUntil = Instant.MAX;
                filled.fillUp();
            }
            Waiting.pass(fault.length());
        } finally {
            filled.empty();
            if (fault.kind() == Kind.DISK_FULL) {
                // An error on the disk may be noticed a little later.
                fullUntil = Instant.now().plusSeconds(20);
            }
        }
    }

    /** Starts what has ended, and remembers what ended by itself. */
    void lookAfter() throws InterruptedException {
        for (PartStatus part : stack.status()) {
            if (part.state() == State.STOPPED && !away.contains(part.name())) {
                Lock lock = locks.get(part.name());
                if (lock == null || !lock.tryLock()) {
                    continue; // its fault is under way
                }
                try {
                    if (status(part.name()).state() != State.STOPPED) {
                        continue;
                    }
                    boolean noRoom = Instant.now().isBefore(fullUntil);
                    say.accept(
                            part.name()
                                    + " has ended by itself"
                                    + (noRoom ? ", without room" : ""));
                    if (!noRoom || !SERVERS.contains(part.name())) {
                        surprises.add(
                                "%s ended by itself at %s".formatted(part.name(), Instant.now()));
                    } else if (fullUntil.equals(Instant.MAX)) {
                        continue; // it would only end again
                    }
                    startAgain(part.name());
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /** Brings everything up that is not, when all faults are over. */
    void heal() throws InterruptedException {
        for (String part : PARTS) {
            startAgain(part);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stack.down(say);
        cables.values().forEach(Cable::close);
    }

    /** Takes away what was kept, for a run that left no question. */
    void remove() throws IOException, InterruptedException {
        if (disk != null) {
            disk.close();
        }
    }
}
