package org.minutebook.testservers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium of the system, driven by its DevTools protocol, with one page. */
public final class Chromium implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String AXE = axe();

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<@Nullable Void>> loads = new ConcurrentHashMap<>();
    private final AtomicLong received = new AtomicLong();
    private final String session;

    private Chromium(Path program, Path profile) throws IOException {
        process =
                new ProcessBuilder(
                                program.toString(),
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--window-size=1200,1400",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "about:blank")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        socket =
                client.newWebSocketBuilder()
                        .buildAsync(URI.create(awaitAddress()), new Answers())
                        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .join();
        String target =
                call("", "Target.createTarget", Map.of("url", "about:blank"))
                        .get("targetId")
                        .asString();
        session =
                call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                        .get("sessionId")
                        .asString();
        call(session, "Page.enable", Map.of());
        call(session, "Page.setLifecycleEventsEnabled", Map.of("enabled", true));
        call(session, "Network.enable", Map.of());
    }

    /**
     * Starts the browser; where there is none, the test is skipped aloud.
     *
     * @param profile folder for what the browser keeps
     * @param untested what is then not tested, as "the pages of alerts"
     */
    public static Chromium start(Path profile, String untested) throws IOException {
        Optional<Path> program =
                Stream.of(
                                "/usr/bin/chromium",
                                "/usr/bin/chromium-browser",
                                "/usr/bin/google-chrome")
                        .map(Path::of)
                        .filter(Files::isExecutable)
                        .findFirst();
        if (program.isEmpty()) {
            System.err.printf("No Chromium: %s are not tested in a browser%n", untested);
        }
        assumeTrue(program.isPresent(), "Chromium is not installed");
        return new Chromium(program.get(), profile);
    }

    /** What axe-core finds wrong with the page that is open, a line each. */
    public List<String> violations() {
        evaluate(AXE + ";undefined");
        return evaluate(
                        "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' ')))")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    /** The script of axe-core, from its webjar. */
    private static String axe() {
        try {
            Properties version = new Properties();
            version.load(resource("META-INF/maven/org.webjars.npm/axe-core/pom.properties"));
            return new String(
                    resource(
                                    "META-INF/resources/webjars/axe-core/%s/axe.min.js"
                                            .formatted(version.getProperty("version")))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(
                Chromium.class.getClassLoader().getResourceAsStream(name), name);
    }

    private String awaitAddress() throws IOException {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
                return matcher.group(1);
            }
        }
        throw new IOException("Chromium ended before it listened");
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonNode message = JsonMapper.shared().readTree(text.toString());
                text.setLength(0);
                happened(message.path("method").asString(""), message.path("params"));
                CompletableFuture<JsonNode> call = waiting.remove(message.path("id").asInt(-1));
                if (call != null) {
                    call.complete(message);
                }
            }
            from.request(1);
            return null;
        }
    }

    private void happened(String event, JsonNode about) {
        switch (event) {
            case "Network.loadingFinished" ->
                    received.addAndGet(about.path("encodedDataLength").asLong());
            case "Page.lifecycleEvent" -> {
                if (about.path("name").asString("").equals("load")) {
                    loading(about.path("loaderId").asString("")).complete(null);
                }
            }
            default -> {
                // Nothing that a test asks for.
            }
        }
    }

    private CompletableFuture<@Nullable Void> loading(String loader) {
        return loads.computeIfAbsent(loader, l -> new CompletableFuture<>());
    }

    private JsonNode call(String toSession, String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        Map<String, Object> message =
                toSession.isEmpty()
                        ? Map.of("id", id, "method", method, "params", parameters)
                        : Map.of(
                                "id",
                                id,
                                "method",
                                method,
                                "params",
                                parameters,
                                "sessionId",
                                toSession);
        socket.sendText(JsonMapper.shared().writeValueAsString(message), true).join();
        JsonNode result = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (result.has("error")) {
            throw new IllegalStateException(method + ": " + result.get("error"));
        }
        return result.get("result");
    }

    /** Opens an address and waits until the page is there. */
    public void open(URI address) {
        received.set(0);
        String loader =
                call(session, "Page.navigate", Map.of("url", address.toString()))
                        .path("loaderId")
                        .asString("");
        loading(loader).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Bytes that came over the network, as packed, since an address was opened. */
    public long received() {
        return received.get();
    }

    /** Whether the browser keeps what it has seen. */
    public void keepsFiles(boolean keeps) {
        call(session, "Network.setCacheDisabled", Map.of("cacheDisabled", !keeps));
    }

    /** Whether scripts of pages that are opened from now on run. */
    public void runsScripts(boolean runs) {
        call(session, "Emulation.setScriptExecutionDisabled", Map.of("value", !runs));
    }

    /** Makes the window so large, in CSS pixels. */
    public void resize(int width, int height) {
        call(
                session,
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** The value of an expression, awaited where it is a promise. */
    public JsonNode evaluate(String expression) {
        JsonNode result =
                call(
                        session,
                        "Runtime.evaluate",
                        Map.of(
                                "expression",
                                expression,
                                "awaitPromise",
                                true,
                                "returnByValue",
                                true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(result.get("exceptionDetails").toString());
        }
        return result.get("result").path("value");
    }

    /** Chooses files in a field, as a person does. */
    public void choose(String selector, List<Path> files) {
        String node =
                call(
                                session,
                                "Runtime.evaluate",
                                Map.of(
                                        "expression",
                                        "document.querySelector('%s')".formatted(selector)))
                        .at("/result/objectId")
                        .asString();
        call(
                session,
                "DOM.setFileInputFiles",
                Map.of("objectId", node, "files", files.stream().map(Path::toString).toList()));
    }

    /** Presses a key where the focus is. */
    public void press(String key, int code) {
        for (String type : List.of("keyDown", "keyUp")) {
            call(
                    session,
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            type,
                            "key",
                            key,
                            "code",
                            key,
                            "windowsVirtualKeyCode",
                            code,
                            "text",
                            key.equals("Enter") && type.equals("keyDown") ? "\r" : ""));
        }
    }

    /** Types text where the focus is. */
    public void type(String text) {
        call(session, "Input.insertText", Map.of("text", text));
    }

    /** A picture of the page. */
    public void picture(Path file) {
        JsonNode result =
                call(session, "Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        try {
            Files.write(file, Base64.getDecoder().decode(result.get("data").asString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        client.shutdownNow();
    }
}
