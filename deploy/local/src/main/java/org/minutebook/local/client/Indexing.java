package org.minutebook.local.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** index-service: fills the item index anew. */
public final class Indexing {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final Service service;

    /**
     * Talks to the service at an address.
     *
     * @param address its base address, of the port for operations
     */
    public Indexing(URI address) {
        this.service = new Service("index-service", address);
    }

    /**
     * How far a reindexing has come.
     *
     * @param state IDLE, RUNNING, DONE, FAILED or INCOMPLETE: the new index is in use, and is
     *     filled again by itself
     * @param documents documents written so far
     * @param index name of the new index; null until it is made
     * @param startedAt when it began, RFC 3339
     * @param endedAt when it ended; null before
     * @param failure why it failed; null where it did not
     */
    public record Status(
            String state,
            long documents,
            @Nullable String index,
            @Nullable String startedAt,
            @Nullable String endedAt,
            @Nullable String failure) {}

    /** Starts one, or says how far the one under way has come. */
    public Status start() {
        return service.send(
                request()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                Status.class);
    }

    /** How far the last one has come. */
    public Status status() {
        return service.send(request().GET().build(), Status.class);
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(service.at("/actuator/reindex")).timeout(ANSWER_LIMIT);
    }
}
