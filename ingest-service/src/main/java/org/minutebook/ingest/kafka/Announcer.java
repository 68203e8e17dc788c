package org.minutebook.ingest.kafka;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CloudEventHeaders;
import org.minutebook.contracts.DocumentLifecycle;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.DocumentUploaded;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Topic;
import org.minutebook.contracts.TraceContext;
import org.minutebook.ingest.Backlog;
import org.minutebook.ingest.DocumentChanges;
import org.minutebook.ingest.Rebuilding;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.Unannounced;
import org.minutebook.store.DocumentStore.Versioned;
import org.minutebook.store.RecordUnreadableException;
import org.minutebook.store.StoreSettings;
import org.minutebook.store.StoreUnavailableException;
import org.minutebook.traces.AboutDocument;
import org.minutebook.traces.Step;
import org.minutebook.traces.Traces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Announces on Kafka what the store says is still to be announced.
 *
 * <p>Delivery: at least once. The mark in the store goes away only after the broker has
 * acknowledged both the announcement and the lifecycle event; whoever dies before is followed by
 * another round. Twice is harmless: records carry the revision.
 *
 * <p>Failure: with the broker away a round ends with a warning, and the next one tries again. A
 * document whose record in the store is damaged is passed over, and announced once the record is
 * brought back.
 *
 * <p>Instances: several of them on one store share the work. Each announces the documents that fall
 * to the partitions of {@code documents.lifecycle} which the broker has given it, and after a while
 * also what was left by others: one that died keeps its partitions until the broker notices.
 */
@Component
class Announcer implements Rebuilding.Announcements {

    private static final Logger log = LoggerFactory.getLogger(Announcer.class);

    /** How this service names itself in messages. */
    static final String SOURCE = "/minutebook/ingest-service";

    /** Announcements under way at once; a bound on memory, not a rate. */
    private static final int ROUND = 500;

    /** Longer than any write of a record takes. */
    private static final Duration LONGEST_WRITE = Duration.ofHours(1);

    /** How long a mark is left to the instance that it falls to; longer than any round takes. */
    private static final Duration OTHERS_TURN = Duration.ofSeconds(30);

    private final DocumentStore store;
    private final boolean alone;
    private final KafkaListenerEndpointRegistry listeners;
    private final KafkaTemplate<String, byte[]> kafka;
    private final JsonMapper json;
    private final Traces traces;
    private final Clock clock;
    private final DocumentChanges changes;
    private final Backlog backlog;

    /** Marks that the last round passed over, because what they mark cannot be read. */
    private volatile Set<Unannounced> damaged = Set.of();

    Announcer(
            DocumentStore store,
            StoreSettings storeSettings,
            KafkaListenerEndpointRegistry listeners,
            DocumentChanges changes,
            Backlog backlog,
            KafkaTemplate<String, byte[]> kafka,
            JsonMapper json,
            Traces traces,
            MeterRegistry meters,
            Clock clock) {
        this.store = store;
        this.alone = storeSettings.s3() == null;
        this.listeners = listeners;
        this.changes = changes;
        this.backlog = backlog;
        this.kafka = kafka;
        this.json = json;
        this.traces = traces;
        this.clock = clock;
        Gauge.builder("minutebook.records.damaged", () -> damaged.size())
                .description("Documents that are not announced because their record is damaged")
                .register(meters);
    }

    /** One round; a short pause between rounds keeps a single upload's wait small. */
    @Scheduled(fixedDelayString = "${minutebook.ingest.announce-interval:50ms}")
    void announce() {
        try {
            announceAll(
                    store.unannounced(ROUND + damaged.size()).stream()
                            .filter(alone ? _ -> true : share())
                            .toList());
            backlog.announced(true);
        } catch (CompletionException
                | KafkaException
                | org.apache.kafka.common.KafkaException
                | StoreUnavailableException e) {
            backlog.announced(false);
            log.warn(
                    "What is stored could not all be announced and will be tried again: {}",
                    NestedExceptionUtils.getMostSpecificCause(e).toString());
            log.debug("", e);
        }
    }

    /** Which marks fall to this instance. */
    private Predicate<Unannounced> share() {
        Set<Integer> ours = new HashSet<>();
        MessageListenerContainer listener =
                listeners.getListenerContainer(LifecycleListener.CONTAINER);
        Collection<TopicPartition> assigned =
                listener == null ? null : listener.getAssignedPartitions();
        if (assigned != null) {
            assigned.forEach(partition -> ours.add(partition.partition()));
        }
        int partitions = kafka.partitionsFor(Topic.DOCUMENTS_LIFECYCLE.name()).size();
        long othersSince = clock.millis() - OTHERS_TURN.toMillis();
        return mark ->
                ours.contains(Math.floorMod(mark.id().hashCode(), partitions))
                        || mark.revision().value() < othersSince;
    }

    private void announceAll(List<Unannounced> marks) {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        Set<Unannounced> passedOver = new HashSet<>();
        try {
            for (Unannounced mark : marks) {
                try {
                    announce(mark).ifPresent(sent::add);
                } catch (RecordUnreadableException e) {
                    passedOver.add(mark);
                    sayOnce(mark, e);
                }
            }
            damaged = Set.copyOf(passedOver);
        } finally {
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
        }
    }

    /** Empty where there is nothing to announce. */
    private Optional<CompletableFuture<?>> announce(Unannounced mark) {
        Optional<StoredDocument> document = store.record(mark.id()).map(Versioned::value);
        boolean written =
                document.filter(d -> !d.revision().isOlderThan(mark.revision())).isPresent();
        if (written && document.get().revision().equals(mark.revision())) {
            if (document.get().deleted()) {
                changes.removeBytes(document.get());
            }
            return Optional.of(
                    announce(document.get(), List.of())
                            .thenRun(() -> tell(document.get()))
                            .thenRun(() -> store.announced(mark.id(), mark.revision())));
        }
        if (written || isLeftOver(mark)) {
            store.announced(mark.id(), mark.revision());
        }
        return Optional.empty();
    }

    private void sayOnce(Unannounced mark, RecordUnreadableException failure) {
        if (!damaged.contains(mark)) {
            try (AboutDocument _ = AboutDocument.of(mark.id())) {
                log.error("A document is not announced until its record is brought back", failure);
            }
        }
    }

    /**
     * The first step of a revision lasts from the moment that it was made until all can know it.
     */
    private void tell(StoredDocument document) {
        Revision revision = document.revision();
        traces.began(
                TraceContext.of(document.id(), revision),
                Step.UPLOAD,
                Instant.ofEpochMilli(revision.value()),
                clock.instant());
    }

    /**
     * The mark is made before its record: without the record, the record is being written this very
     * moment, or its writer died.
     */
    private boolean isLeftOver(Unannounced mark) {
        return clock.millis() - mark.revision().value() > LONGEST_WRITE.toMillis();
    }

    @Override
    public CompletableFuture<?> sayAgain(StoredDocument document) {
        byte[] yes = CloudEventHeaders.YES.getBytes(StandardCharsets.UTF_8);
        return announce(document, List.of(new RecordHeader(CloudEventHeaders.REBUILT, yes)));
    }

    private CompletableFuture<Void> announce(StoredDocument document, List<Header> more) {
        DocumentState state = document.deleted() ? DocumentState.DELETED : DocumentState.UPLOADED;
        DocumentLifecycle event =
                new DocumentLifecycle(
                        document.revision(),
                        document,
                        state,
                        null,
                        null,
                        null,
                        null,
                        clock.instant());
        DocumentUploaded uploaded = new DocumentUploaded(document);
        int partition =
                uploaded.partition(kafka.partitionsFor(Topic.DOCUMENTS_UPLOADED.name()).size());
        return CompletableFuture.allOf(
                send(Topic.DOCUMENTS_UPLOADED, partition, document, uploaded, more),
                send(Topic.DOCUMENTS_LIFECYCLE, null, document, event, more));
    }

    private <T> CompletableFuture<?> send(
            Topic<T> topic,
            @Nullable Integer partition,
            StoredDocument document,
            T value,
            List<Header> more) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        topic.name(),
                        partition,
                        document.id().value(),
                        json.writeValueAsBytes(value));
        header(record, CloudEventHeaders.SPEC_VERSION, CloudEventHeaders.SPEC_VERSION_1);
        header(record, CloudEventHeaders.ID, document.id() + "." + document.revision());
        header(record, CloudEventHeaders.SOURCE, SOURCE);
        header(record, CloudEventHeaders.TYPE, topic.eventType());
        header(record, CloudEventHeaders.TIME, clock.instant().toString());
        header(record, CloudEventHeaders.CONTENT_TYPE, CloudEventHeaders.JSON);
        header(
                record,
                TraceContext.HEADER,
                TraceContext.of(document.id(), document.revision()).header());
        more.forEach(record.headers()::add);
        return kafka.send(record);
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
