package org.minutebook.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stack that {@code ./minutebook up} started.
 *
 * @param data folder of the stack's data
 * @param port first of its ports
 * @param key opens the intake, and what the operator may
 * @param http client of all requests
 */
record RunningStack(Path data, int port, String key, HttpClient http) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BOUNDARY = "minutebook-benchmark";

    /** The stack whose data are in a folder. */
    static RunningStack in(Path data) throws IOException {
        return new RunningStack(
                data,
                Integer.parseInt(Files.readString(data.resolve("port")).strip()),
                Files.readString(data.resolve("upload.key")).strip(),
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    /** A request to search-api. */
    HttpRequest.Builder search(String path) {
        return request(port, path);
    }

    /** A request to ingest-service. */
    HttpRequest.Builder intake(String path) {
        return request(port + 1, path);
    }

    private HttpRequest.Builder request(int to, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to + path))
                .header("Authorization", "Bearer " + key);
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Uploads a file. */
    HttpResponse<String> upload(String name, BodyPublisher content)
            throws IOException, InterruptedException {
        return upload(name, null, content);
    }

    /** Uploads a file that belongs to a batch, where one is named. */
    HttpResponse<String> upload(String name, @Nullable String batch, BodyPublisher content)
            throws IOException, InterruptedException {
        String field =
                batch == null
                        ? ""
                        : "--%s\r\nContent-Disposition: form-data; name=\"batch\"\r\n\r\n%s\r\n"
                                .formatted(BOUNDARY, batch);
        BodyPublisher form =
                BodyPublishers.concat(
                        BodyPublishers.ofString(field),
                        BodyPublishers.ofString(
                                "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
                                        .formatted(BOUNDARY, name)),
                        content,
                        BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
        return send(
                intake("/api/v1/documents")
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(form));
    }

    /** Uploads a document that was not there; returns its id. */
    String uploadNew(String name, BodyPublisher content) throws IOException, InterruptedException {
        HttpResponse<String> answer = upload(name, content);
        if (answer.statusCode() != 202) {
            throw new IOException("upload: " + answer.statusCode() + " " + answer.body());
        }
        return json(answer).at("/document/id").asString();
    }

    /** Takes a document away again. */
    void delete(String id) throws IOException, InterruptedException {
        send(intake("/api/v1/documents/" + id).DELETE());
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
        String metrics = send(intake("/actuator/prometheus")).body();
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
