package org.minutebook.index.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CloudEventHeaders;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Topic;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.Versioned;
import org.minutebook.store.RecordUnreadableException;
import org.minutebook.store.StoreUnavailableException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads records of {@code agenda-items}, fetching bodies that lie in the store.
 *
 * <p>A poll hands over a hundred records, and each may stand for a body of tens of megabytes: after
 * a time without Elasticsearch, or when the index is filled anew, a hundred packs of many pages
 * wait in a row. So records are read a slice at a time.
 */
@Component
class ItemsReader {

    static final Topic<DocumentItems> TOPIC = Topic.AGENDA_ITEMS;

    /**
     * Letters of items after which a slice ends. A letter takes one byte or two, and in a bulk for
     * Elasticsearch another one twice; two slices at once, of the two consumers, take at most a
     * quarter of 256 MB.
     */
    static final long SLICE = 8_000_000;

    private final JsonMapper json;
    private final DocumentStore store;

    ItemsReader(JsonMapper json, DocumentStore store) {
        this.json = json;
        this.store = store;
    }

    /** A record is not what the topic carries. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1;

        UnreadableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A message and the record that carried it or told of it. */
    record Read(DocumentItems message, ConsumerRecord<String, byte[]> record) {

        private Read newer(Read later) {
            return later.message.revision().isOlderThan(message.revision()) ? this : later;
        }
    }

    /** A record that makes no sense, and why. */
    record Unreadable(ConsumerRecord<String, byte[]> record, UnreadableException cause) {}

    /**
     * Reads records in their order, as many at a time as fit the heap.
     *
     * @param slices is given the newest message of each document in a slice; the slices together
     *     may have a document more than once
     * @param unreadable is given each record that makes no sense
     * @throws StoreUnavailableException if a body cannot be fetched now; slices before it have been
     *     handed over
     */
    void read(
            Iterable<ConsumerRecord<String, byte[]>> records,
            Consumer<Collection<Read>> slices,
            Consumer<Unreadable> unreadable) {
        Map<DocumentId, Read> newest = new LinkedHashMap<>();
        long letters = 0;
        for (ConsumerRecord<String, byte[]> record : records) {
            @Nullable DocumentItems message = null;
            try {
                message = read(record).orElse(null);
            } catch (UnreadableException e) {
                unreadable.accept(new Unreadable(record, e));
            }
            if (message != null) {
                newest.merge(message.document().id(), new Read(message, record), Read::newer);
                letters += letters(message);
            }
            if (letters >= SLICE) {
                slices.accept(List.copyOf(newest.values()));
                newest.clear();
                letters = 0;
            }
        }
        if (!newest.isEmpty()) {
            slices.accept(List.copyOf(newest.values()));
        }
    }

    private static long letters(DocumentItems message) {
        return message.items().stream()
                .mapToLong(item -> item.title().length() + item.text().length())
                .sum();
    }

    /**
     * Reads a record.
     *
     * @return empty where there is nothing to do: a tombstone, or a message whose body is gone
     *     because a newer revision follows
     * @throws StoreUnavailableException if the body cannot be fetched now
     */
    private Optional<DocumentItems> read(ConsumerRecord<String, byte[]> record)
            throws UnreadableException {
        byte[] value = record.value();
        if (value == null) {
            return Optional.empty();
        }
        requireType(record);
        DocumentItems message = parse(value);
        if (!message.document().id().value().equals(record.key())) {
            throw new UnreadableException(
                    "key %s, expected the document's id %s"
                            .formatted(record.key(), message.document().id()),
                    null);
        }
        return message.bodyKey() == null ? Optional.of(message) : body(message, message.bodyKey());
    }

    private Optional<DocumentItems> body(DocumentItems message, String key)
            throws UnreadableException {
        try (@Nullable InputStream body = store.openDerived(key).orElse(null)) {
            if (body != null) {
                return Optional.of(json.readValue(body, TOPIC.type()));
            }
        } catch (IOException | JacksonIOException e) {
            throw new StoreUnavailableException("The message " + key + " cannot be read", e);
        } catch (JacksonException e) {
            throw new UnreadableException("the body " + key + " is not a message", e);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("body key " + key, e);
        }
        if (isOvertaken(message)) {
            return Optional.empty();
        }
        throw new UnreadableException("there is no body " + key + " in the store", null);
    }

    private boolean isOvertaken(DocumentItems message) throws UnreadableException {
        try {
            return store.record(message.document().id())
                    .map(Versioned::value)
                    .map(StoredDocument::revision)
                    .filter(message.revision()::isOlderThan)
                    .isPresent();
        } catch (RecordUnreadableException e) {
            throw new UnreadableException("its body is not there, nor its record", e);
        }
    }

    private DocumentItems parse(byte[] value) throws UnreadableException {
        try {
            return json.readValue(value, TOPIC.type());
        } catch (JacksonException e) {
            throw new UnreadableException("not a message of " + TOPIC.name(), e);
        }
    }

    private static void requireType(ConsumerRecord<String, byte[]> record)
            throws UnreadableException {
        Header header = record.headers().lastHeader(CloudEventHeaders.TYPE);
        String type = header == null ? "none" : new String(header.value(), StandardCharsets.UTF_8);
        if (!type.equals(TOPIC.eventType())) {
            throw new UnreadableException(
                    "event type " + type + ", expected " + TOPIC.eventType(), null);
        }
    }
}
