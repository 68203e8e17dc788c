package org.minutebook.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentUploaded;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.StoreUnavailableException;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * The batches that were begun, kept in the store. A batch is no more than a name: which documents
 * came in it, their records say.
 */
@Service
public class Batches {

    /** Files that are read in a few seconds. */
    private static final int FEW = 20;

    private final DocumentStore store;
    private final JsonMapper json;
    private final Clock clock;

    Batches(DocumentStore store, JsonMapper json, Clock clock) {
        this.store = store;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Begins a batch; it is durable when this returns.
     *
     * @param name for people
     * @param files how many files are expected; null where nobody knows. A few are not put behind a
     *     bulk import, and before all have come the batch is not finished
     * @param alertsOff whether nobody is alerted about its documents; its id says so
     */
    public Batch begin(@Nullable String name, @Nullable Integer files, boolean alertsOff) {
        String prefix = files != null && files <= FEW ? DocumentUploaded.FEW : "";
        String suffix = alertsOff ? StoredDocument.ALERTS_OFF : "";
        Batch batch = new Batch(prefix + UUID.randomUUID() + suffix, name, files, clock.instant());
        store.putDerived(place(batch.id()), json.writeValueAsBytes(batch));
        return batch;
    }

    /** A batch; empty where none of this id was begun here. */
    public Optional<Batch> find(String id) {
        return store.openDerived(place(id)).map(this::read);
    }

    private Batch read(InputStream kept) {
        try (InputStream bytes = kept) {
            return json.readValue(bytes.readAllBytes(), Batch.class);
        } catch (IOException e) {
            throw new StoreUnavailableException("The batch cannot be read", e);
        }
    }

    private static String place(String id) {
        return "batches/" + id + ".json";
    }
}
