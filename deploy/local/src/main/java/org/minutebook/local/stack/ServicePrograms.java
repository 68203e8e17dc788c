package org.minutebook.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.minutebook.embedded.FreePorts;
import org.minutebook.embedded.JavaProgram;
import org.minutebook.embedded.LogTail;

/**
 * The services as the build has made them, laid out for a fast start: unpacked, with an archive of
 * their loaded classes. Each build has a folder of its own, so a stack that runs keeps its files
 * when the project is built again.
 *
 * @param project folder of the project
 */
public record ServicePrograms(Path project) {

    /** In the order in which they are shown. */
    public static final List<String> NAMES =
            List.of("ingest-service", "extract-service", "index-service", "search-api");

    /** How many builds of a service are kept: the newest, and those that may still run. */
    private static final int BUILDS_KEPT = 3;

    /**
     * Small, and started fast: the memory of four services is what a small machine notices. The
     * first compiler alone halves the time to start; what computes much runs in workers of
     * extract-service, which have their own options. For code of the first compiler alone Java sets
     * 48 MB aside, and collects the whole heap when a part of that is used, as ingest-service and
     * search-api do in each start.
     */
    private static final List<String> JAVA_OPTIONS =
            List.of(
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:ReservedCodeCacheSize=128m",
                    "-XX:+UseSerialGC",
                    // Else a consumer may have ended in a service that looks well.
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    /** Laying out a service keeps about one processor busy. */
    private static final int AT_ONCE = 2;

    /** Beans are as the build worked them out (Spring's ahead-of-time processing). */
    private static final String AS_BUILT = "-Dspring.aot.enabled=true";

    private static final Duration PREPARATION_LIMIT = Duration.ofMinutes(3);

    private static final String PROGRAM = "program";
    private static final String CACHE = "start.aot";

    /** Where a cache does not fit, as after an update of Java, the start is only slower. */
    private static final String QUIET = "-Xlog:cds=off,aot=off";

    private static final long READY_POLL_MILLIS = 200;

    /** Hash of no key that anybody has. */
    private static final String NO_KEY = "nobody:" + "0".repeat(64);

    public ServicePrograms {
        project = project.toAbsolutePath().normalize();
    }

    /** Those of the project that this command line belongs to; the script says where it is. */
    public static ServicePrograms ofProject() {
        String root = System.getProperty("minutebook.root");
        if (root == null) {
            throw new StackException("Start this by the script ./minutebook.");
        }
        return new ServicePrograms(Path.of(root));
    }

    /** Version of a service, from its jar. */
    String version(String service) {
        try (JarFile jar = new JarFile(packaged(service).toFile())) {
            String version =
                    jar.getManifest()
                            .getMainAttributes()
                            .getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            return version == null ? "unknown" : version;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Java with its options and the program, ready for the service's settings.
     *
     * @param environment names of the variables that the service is given
     */
    public List<String> command(String service, Set<String> environment) {
        Path folder = prepare(service);
        Path cache = folder.resolve(CACHE);
        List<String> command = java();
        if (isAsBuilt(environment)) {
            command.add(AS_BUILT);
        }
        if (Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
            command.add(QUIET);
        }
        command.add("-jar");
        command.add(program(folder).toString());
        return command;
    }

    /**
     * Whether a service has the beans that the build worked out, which saves a quarter of its
     * start. Some settings ask for others, and then it is worked out at the start: Spring's
     * conditions read those of its own and switches, {@code ….enabled}. A mail server is the
     * exception: the stack has one always.
     *
     * @param environment names of the variables that services are given
     */
    static boolean isAsBuilt(Set<String> environment) {
        return environment.stream()
                .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '.'))
                .filter(name -> !name.startsWith("spring.mail."))
                .noneMatch(name ->
                        name.endsWith(".enabled")
                                || Stream.of("spring.", "management.", "server.")
                                        .anyMatch(name::startsWith));
    }

    private static List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(JavaProgram.ofThisProcess().toString());
        command.addAll(JAVA_OPTIONS);
        return command;
    }

    /** Lays all services out that are not laid out in this build. */
    public void prepareAll() {
        List<Future<Path>> folders;
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            folders = NAMES.stream().map(name -> pool.submit(() -> prepare(name))).toList();
        } // waits for all of them
        for (Future<Path> folder : folders) {
            if (folder.state() == Future.State.FAILED) {
                throw new StackException(String.valueOf(folder.exceptionNow().getMessage()));
            }
        }
    }

    /**
     * Lays a service out if this build of it is not laid out yet.
     *
     * @return the folder
     */
    Path prepare(String service) {
        Path packaged = packaged(service);
        Path target = packaged.resolveSibling("prepared");
        Path folder = target.resolve(fingerprint(packaged));
        Path ready = folder.resolve("ready");
        if (Files.exists(ready)) {
            return folder;
        }
        try {
            Files.createDirectories(target);
            try (FileChannel channel =
                            FileChannel.open(
                                    target.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(ready)) {
                    removeOldBuilds(target);
                    delete(folder);
                    layOut(service, packaged, folder);
                    Files.createFile(ready);
                    pointTo(folder, target.resolve("newest"));
                }
            }
            return folder;
        } catch (IOException e) {
            throw new StackException("%s cannot be prepared: %s".formatted(service, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Preparing %s was interrupted.".formatted(service));
        }
    }

    private static void layOut(String service, Path packaged, Path folder)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path log = folder.resolve("prepare.log");
        List<String> unpack =
                List.of(
                        JavaProgram.ofThisProcess().toString(),
                        "-Djarmode=tools",
                        "-jar",
                        packaged.toString(),
                        "extract",
                        "--destination",
                        folder.resolve(PROGRAM).toString());
        if (!run(unpack, log)) {
            throw new StackException(
                    "%s cannot be unpacked: %s".formatted(service, LogTail.of(log)));
        }
        Path store = folder.resolve("store");
        if (!recordStart(folder, store, log)) {
            Files.deleteIfExists(folder.resolve(CACHE)); // the service starts without, only slower
        }
        delete(store);
    }

    /**
     * Starts a service as it is started later and ends it when it is ready: what the start loads,
     * links and runs often goes into a cache (JEP 483, JEP 515) that later starts begin with. No
     * server is there to talk to, and none is needed; it hardly waits for them.
     *
     * @return whether there is a cache
     */
    private static boolean recordStart(Path folder, Path store, Path log)
            throws IOException, InterruptedException {
        List<Integer> ports = FreePorts.any(2);
        int nobody = ports.get(1);
        List<String> command = java();
        command.addAll(
                List.of(
                        AS_BUILT,
                        "-XX:AOTCacheOutput=" + folder.resolve(CACHE),
                        QUIET,
                        "-jar",
                        program(folder).toString(),
                        "--server.address=127.0.0.1",
                        "--server.port=" + ports.get(0),
                        "--minutebook.store.directory=" + store,
                        "--minutebook.ingest.key-hashes=" + NO_KEY, // else it shows a first one
                        "--spring.elasticsearch.uris=http://127.0.0.1:" + nobody,
                        "--spring.kafka.bootstrap-servers=127.0.0.1:" + nobody,
                        "--spring.kafka.properties.default.api.timeout.ms=500",
                        "--spring.kafka.properties.request.timeout.ms=400",
                        "--spring.kafka.producer.properties.max.block.ms=500",
                        "--spring.kafka.producer.properties.delivery.timeout.ms=500",
                        "--spring.kafka.admin.auto-create=false",
                        "--spring.kafka.admin.close-timeout=1s",
                        "--spring.kafka.admin.operation-timeout=1s"));
        Process process = start(command, log);
        try {
            long end = System.nanoTime() + PREPARATION_LIMIT.toNanos();
            while (!Service.isReady(ports.get(0))) {
                if (process.waitFor(READY_POLL_MILLIS, TimeUnit.MILLISECONDS)
                        || System.nanoTime() - end > 0) {
                    return false;
                }
            }
            process.destroy();
            return process.waitFor(PREPARATION_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    && Files.exists(folder.resolve(CACHE));
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(List<String> command, Path log) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Runs a program to its end; whether it succeeded. */
    private static boolean run(List<String> command, Path log)
            throws IOException, InterruptedException {
        Process process = start(command, log);
        try {
            return process.waitFor(PREPARATION_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }

    /** For the script, which runs a service's classes without asking here. */
    private static void pointTo(Path folder, Path link) throws IOException {
        Path aside = link.resolveSibling(link.getFileName() + ".new");
        Files.deleteIfExists(aside);
        Files.createSymbolicLink(aside, folder.getFileName());
        Files.move(aside, link, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path program(Path folder) {
        return only(folder.resolve(PROGRAM), "*.jar");
    }

    private Path packaged(String service) {
        return only(project.resolve(service).resolve("target"), service + "-*-app.jar");
    }

    private static Path only(Path folder, String glob) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            for (Path file : files) {
                return file;
            }
        } catch (IOException e) {
            throw new StackException("Minutebook is not built: there is no folder " + folder);
        }
        throw new StackException(
                "Minutebook is not built: there is no %s in %s".formatted(glob, folder));
    }

    /**
     * What is in a jar, from its table of contents. Its time says nothing: the build gives equal
     * jars equal times.
     */
    private static String fingerprint(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            var entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                digest.update(
                        "%s %x %d\n"
                                .formatted(entry.getName(), entry.getCrc(), entry.getSize())
                                .getBytes(StandardCharsets.UTF_8));
            }
            digest.update(Runtime.version().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void removeOldBuilds(Path target) throws IOException {
        List<Path> builds;
        try (Stream<Path> folders = Files.list(target)) {
            builds =
                    folders.filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
                            .sorted(Comparator.comparing(ServicePrograms::time).reversed())
                            .toList();
        }
        for (Path old : builds.subList(Math.min(BUILDS_KEPT - 1, builds.size()), builds.size())) {
            delete(old);
        }
    }

    private static long time(Path folder) {
        try {
            return Files.getLastModifiedTime(folder).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
