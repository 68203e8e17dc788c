package org.minutebook.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The intake of a stack that {@code ./minutebook up} started.
 *
 * @param data folder of the stack's data
 * @param intake address of ingest-service
 * @param key opens it
 * @param http client of all requests
 */
record RunningStack(Path data, URI intake, String key, HttpClient http) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The stack whose data are in a folder. */
    static RunningStack in(Path data) throws IOException {
        int first = Integer.parseInt(Files.readString(data.resolve("port")).strip());
        return new RunningStack(
                data,
                URI.create("http://127.0.0.1:" + (first + 1)),
                Files.readString(data.resolve("upload.key")).strip(),
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(intake.resolve(path))
                .header("Authorization", "Bearer " + key);
    }

    /** Sends a form of one file. */
    HttpResponse<String> upload(BodyPublisher form, String boundary)
            throws IOException, InterruptedException {
        return http.send(
                request("/api/v1/documents")
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(form)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Takes a document away again. */
    void delete(String id) throws IOException, InterruptedException {
        http.send(
                request("/api/v1/documents/" + id).DELETE().build(),
                HttpResponse.BodyHandlers.discarding());
    }

    /** How many documents are stored and not announced. */
    long unannounced() {
        try (Stream<Path> marks = Files.list(data.resolve("store/unannounced"))) {
            return marks.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of ingest-service's heap that are in use now. */
    long heapInUse() throws IOException, InterruptedException {
        String metrics =
                http.send(
                                request("/actuator/prometheus").build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
        double bytes =
                metrics.lines()
                        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                        .mapToDouble(
                                line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                        .sum();
        return Math.round(bytes);
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}
