package org.minutebook.contracts;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka topic: its name, what its records are, and how long they are kept. Every service that
 * uses a topic creates it from here, so they agree whoever comes first.
 *
 * <p>Records are CloudEvents 1.0 in binary mode: the attributes are the headers of {@link
 * CloudEventHeaders}, the value is the JSON of {@code type}.
 *
 * @param name as in Kafka
 * @param type Java type of the value
 * @param eventType CloudEvents {@code type} attribute
 * @param compacted whether the newest record of a key is kept without end
 * @param retention how long records are kept where the topic is not compacted; null where it is
 */
public record Topic<T>(
        String name,
        Class<T> type,
        String eventType,
        boolean compacted,
        @Nullable Duration retention) {

    /** Suffix of the topic for records that a consumer could not handle. */
    public static final String DEAD_LETTER_SUFFIX = "-dlt";

    /** How long dead letters are kept. */
    public static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(60);

    /** Longest time before an overwritten or deleted record is really gone. */
    public static final Duration MAX_COMPACTION_LAG = Duration.ofHours(24);

    /** A document is to be read, or was deleted. */
    public static final Topic<DocumentUploaded> DOCUMENTS_UPLOADED =
            compacted(
                    "documents.uploaded",
                    DocumentUploaded.class,
                    "org.minutebook.document.uploaded.v1");

    /** A document has scanned pages that wait for OCR; tombstoned when done. */
    public static final Topic<DocumentUploaded> DOCUMENTS_SCANNED =
            compacted(
                    "documents.scanned",
                    DocumentUploaded.class,
                    "org.minutebook.document.scanned.v1");

    /** The items of a document, one record a document. */
    public static final Topic<DocumentItems> AGENDA_ITEMS =
            compacted("agenda-items", DocumentItems.class, "org.minutebook.document.items.v1");

    /** A document reached a state. */
    public static final Topic<DocumentLifecycle> DOCUMENTS_LIFECYCLE =
            kept(
                    "documents.lifecycle",
                    DocumentLifecycle.class,
                    "org.minutebook.document.lifecycle.v1",
                    Duration.ofDays(7));

    /** Items of a document are searchable. */
    public static final Topic<ItemsIndexed> AGENDA_ITEMS_INDEXED =
            kept(
                    "agenda-items.indexed",
                    ItemsIndexed.class,
                    "org.minutebook.items.indexed.v1",
                    Duration.ofDays(7));

    /** Saved searches whose finds are sent. */
    public static final Topic<Subscription> SUBSCRIPTIONS =
            compacted("subscriptions", Subscription.class, "org.minutebook.subscription.v1");

    /** An item is what a subscription looks for. */
    public static final Topic<AlertMatched> ALERTS_MATCHED =
            kept(
                    "alerts.matched",
                    AlertMatched.class,
                    "org.minutebook.alert.matched.v1",
                    Duration.ofDays(30));

    /** How far the sending of alerts has come. */
    public static final Topic<AlertSent> ALERTS_SENT =
            compacted("alerts.sent", AlertSent.class, "org.minutebook.alert.sent.v1");

    /** All topics, without those for dead letters. */
    public static final List<Topic<?>> ALL =
            List.of(
                    DOCUMENTS_UPLOADED,
                    DOCUMENTS_SCANNED,
                    AGENDA_ITEMS,
                    DOCUMENTS_LIFECYCLE,
                    AGENDA_ITEMS_INDEXED,
                    SUBSCRIPTIONS,
                    ALERTS_MATCHED,
                    ALERTS_SENT);

    private static <T> Topic<T> compacted(String name, Class<T> type, String eventType) {
        return new Topic<>(name, type, eventType, true, null);
    }

    private static <T> Topic<T> kept(
            String name, Class<T> type, String eventType, Duration retention) {
        return new Topic<>(name, type, eventType, false, retention);
    }

    /** Name of the topic for this one's dead letters. */
    public String deadLetters() {
        return name + DEAD_LETTER_SUFFIX;
    }
}
