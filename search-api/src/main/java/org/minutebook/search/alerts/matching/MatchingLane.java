package org.minutebook.search.alerts.matching;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.minutebook.contracts.AlertMatched;
import org.minutebook.contracts.CloudEventHeaders;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.ItemsIndexed;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.contracts.Topic;
import org.minutebook.search.alerts.Recency;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.alerts.kafka.AlertClients;
import org.minutebook.search.alerts.kafka.AlertRecords;
import org.minutebook.search.alerts.kafka.Sessions;
import org.minutebook.search.alerts.subscriptions.Subscriptions;
import org.minutebook.traces.AboutDocument;
import org.minutebook.traces.Step;
import org.minutebook.traces.Traces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Matches items that became searchable against all subscriptions.
 *
 * <p>Delivery: exactly once. What matched, and the offset after the record, are one transaction; a
 * reader with {@code read_committed} sees the matches of each record once.
 *
 * <p>A subscription that the broker had before a record was read is matched: before each batch this
 * instance reads the subscriptions up to their end.
 *
 * <p>Failure: Elasticsearch or the broker away → the batch is begun anew after a growing wait,
 * without end. A record that makes no sense → {@code agenda-items.indexed-dlt} in the same
 * transaction. An item that is not in the index any more, or is newer than the record, is passed
 * over: a later record tells of it.
 */
@WithAlerts
@Component
class MatchingLane implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(MatchingLane.class);

    private static final Topic<ItemsIndexed> TOPIC = Topic.AGENDA_ITEMS_INDEXED;
    private static final String NAME = "alerts-matching";
    private static final Duration POLL = Duration.ofMillis(200);

    /** Documents of one transaction; with some hundred items each they take a few seconds. */
    private static final int BATCH = 20;

    private final AlertClients clients;
    private final AlertRecords records;
    private final Subscriptions subscriptions;
    private final SubscriptionMatcher matcher;
    private final IndexedItems items;
    private final Finds finds;
    private final Recency recency;
    private final Traces traces;
    private final Clock clock;
    private final Timer matching;
    private final Counter matches;
    private final Sessions sessions = new Sessions(NAME, this::session);

    MatchingLane(
            AlertClients clients,
            AlertRecords records,
            Subscriptions subscriptions,
            SubscriptionMatcher matcher,
            IndexedItems items,
            Finds finds,
            Recency recency,
            MeterRegistry meters,
            Traces traces,
            Clock clock) {
        this.clients = clients;
        this.records = records;
        this.subscriptions = subscriptions;
        this.matcher = matcher;
        this.items = items;
        this.finds = finds;
        this.recency = recency;
        this.traces = traces;
        this.clock = clock;
        matching =
                Timer.builder("minutebook.alerts.matching")
                        .description("Time to match one item against all subscriptions")
                        .publishPercentileHistogram()
                        .register(meters);
        matches =
                Counter.builder("minutebook.alerts.matched")
                        .description("Items that were what a subscription looks for")
                        .register(meters);
        meters.gauge("minutebook.alerts.subscriptions", matcher, SubscriptionMatcher::size);
        subscriptions.listen(matcher::change);
    }

    private void session(BooleanSupplier wanted, Runnable wentWell) {
        clients.makeTopics();
        try (Consumer<String, byte[]> consumer = clients.sharing(NAME, BATCH);
                Producer<String, byte[]> producer = clients.transactional(NAME)) {
            producer.initTransactions();
            int partitions = producer.partitionsFor(Topic.ALERTS_MATCHED.name()).size();
            consumer.subscribe(List.of(TOPIC.name()));
            while (wanted.getAsBoolean()) {
                ConsumerRecords<String, byte[]> batch = consumer.poll(POLL);
                if (batch.isEmpty()) {
                    continue;
                }
                subscriptions.catchUp();
                matcher.reread();
                List<ProducerRecord<String, byte[]>> results = new ArrayList<>();
                int found = 0;
                for (ConsumerRecord<String, byte[]> record : batch) {
                    try {
                        Instant from = clock.instant();
                        int ofThis = match(record, partitions, results);
                        if (ofThis > 0) {
                            AlertRecords.trace(record)
                                    .ifPresent(before ->
                                            traces.followed(
                                                    before, Step.MATCH, from, clock.instant()));
                        }
                        found += ofThis;
                    } catch (JacksonException e) {
                        try (AboutDocument _ = AboutDocument.of(record.key())) {
                            log.error(
                                    "the record at {}-{} offset {} cannot be read",
                                    record.topic(),
                                    record.partition(),
                                    record.offset(),
                                    e);
                        }
                        results.add(records.deadLetter(record, e));
                    }
                }
                commit(consumer, producer, batch, results);
                matches.increment(found);
                wentWell.run();
            }
        }
    }

    /** Adds the matches of one record; returns how many. */
    private int match(
            ConsumerRecord<String, byte[]> record,
            int partitions,
            List<ProducerRecord<String, byte[]>> results) {
        ItemsIndexed indexed = records.read(TOPIC, record);
        if (indexed == null
                || indexed.document().deleted()
                || record.headers().lastHeader(CloudEventHeaders.REBUILT) != null
                || indexed.document().alertsOff()
                || matcher.size() == 0) {
            return 0;
        }
        int found = 0;
        for (IndexEntry entry : items.find(indexed.items())) {
            if (indexed.revision().isOlderThan(entry.revision())
                    || entry.document().deleted()
                    || !recency.isNews(entry.document())) {
                continue;
            }
            List<SubscriptionMatcher.Find> all = matching.record(() -> matcher.match(entry));
            for (SubscriptionMatcher.Find find :
                    all == null ? List.<SubscriptionMatcher.Find>of() : all) {
                AlertMatched matched =
                        finds.matched(find.subscription(), entry, find.excerpts(), false);
                SubscriptionId subscription = matched.subscription();
                results.add(
                        records.write(
                                Topic.ALERTS_MATCHED,
                                AlertClients.partition(subscription, partitions),
                                matched.key().value(),
                                matched.key() + "." + indexed.revision(),
                                matched,
                                record));
                found++;
            }
        }
        return found;
    }

    private static void commit(
            Consumer<String, byte[]> consumer,
            Producer<String, byte[]> producer,
            ConsumerRecords<String, byte[]> batch,
            List<ProducerRecord<String, byte[]>> results) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : batch.partitions()) {
            offsets.put(
                    partition,
                    new OffsetAndMetadata(batch.records(partition).getLast().offset() + 1));
        }
        producer.beginTransaction();
        for (ProducerRecord<String, byte[]> result : results) {
            Future<?> _ = producer.send(result); // its failure comes out of the commit
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
    }

    @Override
    public void start() {
        sessions.start();
    }

    @Override
    public void stop() {
        sessions.stop();
    }

    @Override
    public boolean isRunning() {
        return sessions.isRunning();
    }
}
