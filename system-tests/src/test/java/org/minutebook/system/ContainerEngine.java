package org.minutebook.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A container engine with a tool for Compose files, and one project on it.
 *
 * @param compose how the tool is called: {@code docker compose}, or {@code docker-compose} of older
 *     times
 * @param project its name, unlike any other's
 * @param settings file of variables
 * @param files Compose files, the first of them in the folder that paths in it start from
 * @param log file that the tool's words go to
 */
record ContainerEngine(
        List<String> compose, String project, Path settings, List<Path> files, Path log) {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(10);

    /** Made by {@code deploy/images/build bases}, whose other images need no network. */
    private static final List<String> BASES =
            List.of(
                    "minutebook/java:local",
                    "minutebook/java-tesseract:local",
                    "minutebook/jdk:local",
                    "minutebook/prometheus:local");

    /** Why there is nothing to test on, in words that follow "because". */
    static Optional<String> obstacle() {
        if (!answers(List.of("docker", "info", "--format", "{{.ServerVersion}}"))) {
            return Optional.of("no container engine answers");
        }
        if (composeTool().isEmpty()) {
            return Optional.of("there is neither docker compose nor docker-compose");
        }
        for (String base : BASES) {
            if (!answers(List.of("docker", "image", "inspect", "--format", "{{.Id}}", base))) {
                return Optional.of(
                        "there is no image %s; deploy/images/build --without-registry bases makes it"
                                .formatted(base));
            }
        }
        return Optional.empty();
    }

    static List<String> composeTool() {
        if (answers(List.of("docker", "compose", "version"))) {
            return List.of("docker", "compose");
        }
        return answers(List.of("docker-compose", "version"))
                ? List.of("docker-compose")
                : List.of();
    }

    /** Builds every image of the product and of the servers from what the build made. */
    static void buildImages(Path log) throws IOException, InterruptedException {
        run(
                List.of(
                        Project.ROOT.resolve("deploy/images/build").toString(),
                        "--without-registry"),
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                log,
                Duration.ofMinutes(20));
    }

    /** Runs the Compose tool on this project. */
    void compose(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(compose);
        command.addAll(List.of("-p", project, "--env-file", settings.toString()));
        files.forEach(file -> command.addAll(List.of("-f", file.toString())));
        command.addAll(List.of(arguments));
        run(command, Map.of(), log, COMMAND_LIMIT);
    }

    /** What the engine knows of the service's one container, by a template of Go. */
    String inspect(String service, String template) throws IOException, InterruptedException {
        return output("docker", "inspect", "--format", template, container(service));
    }

    /** Runs a command as root in the service's one container and returns what it prints. */
    String executeAsRoot(String service, String... command)
            throws IOException, InterruptedException {
        List<String> whole =
                new ArrayList<>(List.of("docker", "exec", "-u", "0", container(service)));
        whole.addAll(List.of(command));
        return output(whole.toArray(String[]::new));
    }

    /** What the service's one container has logged, a line each. */
    Stream<String> logOf(String service) throws IOException, InterruptedException {
        return output("docker", "logs", container(service)).lines();
    }

    private String container(String service) throws IOException, InterruptedException {
        return output(
                "docker",
                "ps",
                "-aq",
                "--filter",
                "label=com.docker.compose.project=" + project,
                "--filter",
                "label=com.docker.compose.service=" + service);
    }

    private static boolean answers(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false; // the program is not there
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String output(String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(log.getParent(), "answer", ".txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        if (!process.waitFor(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", command) + " does not end");
        }
        return Files.readString(out).strip();
    }

    private static void run(
            List<String> command, Map<String, String> environment, Path log, Duration limit)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        if (!ended || process.exitValue() != 0) {
            throw new IllegalStateException(
                    "%s %s:%n%s"
                            .formatted(
                                    String.join(" ", command),
                                    ended ? "failed" : "took more than " + limit,
                                    Files.readString(log)));
        }
    }
}
