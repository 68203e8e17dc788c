package org.minutebook.index.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CloudEventHeaders;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Topic;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.Versioned;
import org.minutebook.store.StoreUnavailableException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads records of {@code agenda-items}, fetching bodies that lie in the store. */
@Component
class ItemsReader {

    static final Topic<DocumentItems> TOPIC = Topic.AGENDA_ITEMS;

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

    /**
     * Reads a record.
     *
     * @return empty where there is nothing to do: a tombstone, or a message whose body is gone
     *     because a newer revision follows
     * @throws StoreUnavailableException if the body cannot be fetched now
     */
    Optional<DocumentItems> read(ConsumerRecord<String, byte[]> record) throws UnreadableException {
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
                return Optional.of(parse(body.readAllBytes()));
            }
        } catch (IOException e) {
            throw new StoreUnavailableException("The message " + key + " cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("body key " + key, e);
        }
        boolean overtaken =
                store.record(message.document().id())
                        .map(Versioned::value)
                        .map(StoredDocument::revision)
                        .filter(message.revision()::isOlderThan)
                        .isPresent();
        if (overtaken) {
            return Optional.empty();
        }
        throw new UnreadableException("there is no body " + key + " in the store", null);
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
