package org.minutebook.local.client;

import com.github.mizosoft.methanol.MediaType;
import com.github.mizosoft.methanol.MoreBodyPublishers;
import com.github.mizosoft.methanol.MultipartBodyPublisher;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** ingest-service: hands documents in and asks what became of them. */
public final class Intake {

    /** Most hashes that one question may hold. */
    public static final int MOST_HASHES = 1000;

    /** For an answer that needs no upload. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    /** For the answer to an upload, besides the time that its bytes take. */
    private static final Duration UPLOAD_LIMIT = Duration.ofMinutes(10);

    /** A line that brings less, in bytes a second, is too slow for an upload of its size. */
    private static final long SLOWEST_LINE = 10_000;

    /** For an answer after a look at every document. */
    private static final Duration LONG_ANSWER_LIMIT = Duration.ofMinutes(30);

    private static final String DEAD_LETTERS = "/api/v1/dead-letters";

    private static final String DOCUMENTS = "/api/v1/documents";
    private static final String KEYS = "/api/v1/keys";

    private final Service service;
    private final String key;
    private final Duration uploadLimit;

    /**
     * Talks to the service at an address.
     *
     * @param address its base address
     * @param key the upload key
     */
    public Intake(URI address, String key) {
        this(address, key, UPLOAD_LIMIT);
    }

    /**
     * The same, with another limit.
     *
     * @param uploadLimit longest time for an upload, besides that which its bytes take
     */
    public Intake(URI address, String key, Duration uploadLimit) {
        this.service = new Service("ingest-service", address);
        this.key = key;
        this.uploadLimit = uploadLimit;
    }

    /**
     * A document as far as the service knows it.
     *
     * @param id its id
     * @param sha256 hash of its bytes
     * @param state UPLOADED, INDEXED, …
     * @param reason code of the reason for REFUSED and FAILED, else null
     * @param detail the reason for a person, or null
     * @param items agenda items found; null before it was read
     * @param given what was said of it when it was handed in, or since; names as in the form
     * @param names file names under which it was handed in, oldest first
     */
    public record Document(
            String id,
            String sha256,
            String state,
            @Nullable String reason,
            @Nullable String detail,
            @Nullable Integer items,
            @Nullable Map<String, @Nullable String> given,
            @Nullable List<String> names) {

        /**
         * Whether it was refused and the service would read it again under this name: the name
         * promises another kind of file than those it had.
         */
        public boolean isReadAgainAs(String fileName) {
            return state.equals("REFUSED")
                    && names != null
                    && names.stream().map(Document::ending).noneMatch(ending(fileName)::equals);
        }

        private static String ending(String name) {
            return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        }

        /**
         * Whether this says something else of it. What is not said is no difference.
         *
         * @param metadata names as in the form
         */
        public boolean differsFrom(Map<String, String> metadata) {
            return given != null
                    && metadata.entrySet().stream()
                            .filter(said -> !said.getValue().isBlank())
                            .anyMatch(said -> !isSame(said.getKey(), said.getValue().strip()));
        }

        private boolean isSame(String field, String said) {
            String kept = Objects.requireNonNull(given).get(field);
            return field.equals("kind") ? said.equalsIgnoreCase(kept) : said.equals(kept);
        }
    }

    /**
     * What became of an upload.
     *
     * @param document the document
     * @param metadataDiffers whether it was there with other metadata
     */
    public record Upload(Document document, boolean metadataDiffers) {}

    private record Known(List<Document> known) {}

    private record Batch(String id) {}

    /**
     * Begins a batch.
     *
     * @param name for people
     * @param files how many files it will have
     * @return its id
     */
    public String beginBatch(String name, int files) {
        return service.send(
                        post("/api/v1/batches", Map.of("name", name, "files", files)), Batch.class)
                .id();
    }

    /** Whether a batch was begun there. */
    public boolean has(String batch) {
        try {
            HttpRequest request =
                    request("/api/v1/batches/" + batch + "?size=0", ANSWER_LIMIT).GET().build();
            return service.send(request, Batch.class).id().equals(batch);
        } catch (RejectedException e) {
            return false;
        }
    }

    /** The keys there are, as the service tells them. */
    public JsonNode keys() {
        return service.send(request(KEYS, ANSWER_LIMIT).GET().build(), JsonNode.class).path("keys");
    }

    /**
     * Makes a key.
     *
     * @param wish as the service names its parts
     * @return the service's answer, with the key
     */
    public JsonNode makeKey(Map<String, Object> wish) {
        return service.send(post(KEYS, wish), JsonNode.class);
    }

    /**
     * Revokes a key for good.
     *
     * @throws RejectedException with status 404 where there is none of that name
     */
    public void revokeKey(String name) {
        String path =
                KEYS + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        service.text(request(path, ANSWER_LIMIT).DELETE().build());
    }

    private HttpRequest post(String path, Map<String, ?> body) {
        return request(path, ANSWER_LIMIT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(service.write(body)))
                .build();
    }

    /**
     * Which of these documents are there, with their states.
     *
     * @param sha256 hashes, at most {@link #MOST_HASHES}
     */
    public List<Document> known(Collection<String> sha256) {
        return service.send(post(DOCUMENTS + "/known", Map.of("sha256", sha256)), Known.class)
                .known();
    }

    /**
     * Hands a document in.
     *
     * @param file its bytes
     * @param name its name
     * @param metadata what is known about it; names as in the service's form
     * @throws UnreadableException if the file cannot be read
     * @throws SlowUploadException if it takes too long for its size
     */
    public Upload upload(Path file, String name, Map<String, String> metadata) {
        return send(List.of(new Sent(file, name)), metadata, Upload.class);
    }

    /**
     * A file to be handed in.
     *
     * @param file its bytes
     * @param name its name
     */
    public record Sent(Path file, String name) {}

    /**
     * What became of one of several files.
     *
     * @param document the document; null where it was refused
     */
    public record Answer(@Nullable Document document) {}

    private record Answers(List<Answer> files) {}

    /**
     * Hands in several documents at once, of which the same is known.
     *
     * @param files two or more, none an archive, each with another name
     * @param metadata what is known about them; names as in the service's form
     * @return one answer a file, in their order
     * @throws UnreadableException if one of the files cannot be read
     * @throws SlowUploadException if they take too long for their size
     * @throws RejectedException if all are refused, or the form is
     */
    public List<Answer> upload(List<Sent> files, Map<String, String> metadata) {
        List<Answer> answers = send(files, metadata, Answers.class).files();
        if (answers.size() != files.size()) {
            throw new IllegalStateException(
                    "%d answers for %d files".formatted(answers.size(), files.size()));
        }
        return answers;
    }

    /** Longest time for an upload of this size. */
    Duration uploadLimit(long bytes) {
        return uploadLimit.plusSeconds(bytes / SLOWEST_LINE);
    }

    private <T> T send(List<Sent> files, Map<String, String> metadata, Class<T> type) {
        MultipartBodyPublisher.Builder form = MultipartBodyPublisher.newBuilder();
        metadata.forEach(form::textPart);
        for (Sent sent : files) {
            form.formPart(
                    "file",
                    sent.name(),
                    MoreBodyPublishers.ofMediaType(
                            FileBody.of(sent.file()), MediaType.APPLICATION_OCTET_STREAM));
        }
        MultipartBodyPublisher body = form.build();
        Duration limit = uploadLimit(body.contentLength());
        return service.upload(
                request(DOCUMENTS, limit)
                        .header("Content-Type", body.mediaType().toString())
                        .POST(body)
                        .build(),
                limit,
                type);
    }

    /** Has one document read again; returns it as the service answers. */
    public JsonNode reprocess(String id) {
        return post("%s/%s/reprocess".formatted(DOCUMENTS, id), JsonNode.class);
    }

    /**
     * Corrects what is known about a document; returns it as the service answers.
     *
     * @param metadata the fields to correct, as the service names them
     */
    public JsonNode correct(String id, Map<String, String> metadata) {
        return service.send(
                request("%s/%s".formatted(DOCUMENTS, id), ANSWER_LIMIT)
                        .header("Content-Type", "application/json")
                        .method(
                                "PATCH",
                                HttpRequest.BodyPublishers.ofByteArray(service.write(metadata)))
                        .build(),
                JsonNode.class);
    }

    /**
     * Deletes a document.
     *
     * @throws RejectedException with status 404 where there is none, or no longer
     */
    public void delete(String id) {
        service.text(request("%s/%s".formatted(DOCUMENTS, id), ANSWER_LIMIT).DELETE().build());
    }

    /**
     * Has many documents read again.
     *
     * @param which {@code failed} or {@code all}
     * @return how many
     */
    public int reprocessMany(String which) {
        return post("%s/reprocess?which=%s".formatted(DOCUMENTS, which), JsonNode.class)
                .path("documents")
                .asInt();
    }

    /**
     * How far the announcing of everything has come.
     *
     * @param state IDLE, RUNNING, DONE or FAILED
     * @param documents documents announced so far
     * @param failure why it failed; null where it did not
     */
    public record Rebuild(String state, int documents, @Nullable String failure) {}

    /** Has every document of the store announced again, or says how far that has come. */
    public Rebuild rebuild() {
        return post(DOCUMENTS + "/rebuild", Rebuild.class);
    }

    /** How far that has come. */
    public Rebuild rebuildStatus() {
        return service.send(
                request(DOCUMENTS + "/rebuild", ANSWER_LIMIT).GET().build(), Rebuild.class);
    }

    /**
     * How many documents are in one of these states, as far as the registry knows.
     *
     * @param states joined by commas
     */
    public int count(String states) {
        String path = "%s?size=1&state=%s".formatted(DOCUMENTS, states);
        return service.send(request(path, ANSWER_LIMIT).GET().build(), JsonNode.class)
                .path("total")
                .asInt();
    }

    /** The dead letters that nobody has dealt with, or one whole where {@code id} is not empty. */
    public JsonNode deadLetters(String id) {
        String path = id.isEmpty() ? DEAD_LETTERS : DEAD_LETTERS + "/" + id;
        return service.send(request(path, ANSWER_LIMIT).GET().build(), JsonNode.class);
    }

    /** Sends a dead letter to the topic that it came from. */
    public void replay(String id) {
        service.text(
                request(DEAD_LETTERS + "/" + id + "/replay", ANSWER_LIMIT)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build());
    }

    /** Leaves a dead letter be. */
    public void discard(String id) {
        service.text(request(DEAD_LETTERS + "/" + id, ANSWER_LIMIT).DELETE().build());
    }

    private <T> T post(String path, Class<T> type) {
        return service.send(
                request(path, LONG_ANSWER_LIMIT).POST(HttpRequest.BodyPublishers.noBody()).build(),
                type);
    }

    private HttpRequest.Builder request(String path, Duration limit) {
        return HttpRequest.newBuilder(service.at(path))
                .timeout(limit)
                .header("Authorization", "Bearer " + key);
    }
}
