package org.minutebook.ingest.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.ContentHash;
import org.minutebook.ingest.BatchEntry;
import org.minutebook.ingest.BatchEntry.Outcome;
import org.minutebook.ingest.RegistryUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Index {@value #INDEX}: what became of each file of each batch, one entry a batch and file name.
 * New documents are entered when their announcement comes back, so none is missed; what was known
 * or refused was told to who sent it, and is entered a moment later, or when Elasticsearch is back.
 * If this process dies while it is away, those entries are not made.
 */
@Component
public class BatchEntries {

    static final String INDEX = "batch-entries";

    /** Entries that wait for Elasticsearch; past it further ones are not taken. */
    private static final int MOST_WAITING = 100_000;

    private static final int ROUND = 1000;
    private static final Logger log = LoggerFactory.getLogger(BatchEntries.class);

    private final ElasticsearchClient elasticsearch;
    private final JsonMapper json;
    private final ConcurrentLinkedQueue<BatchEntry> waiting = new ConcurrentLinkedQueue<>();
    private final RegistryIndex index;

    BatchEntries(ElasticsearchClient elasticsearch, JsonMapper json, MeterRegistry meters) {
        this.elasticsearch = elasticsearch;
        this.json = json;
        this.index = new RegistryIndex(elasticsearch, json, INDEX);
        Gauge.builder("minutebook.ingest.batch.entries.waiting", waiting, Collection::size)
                .description("Entries of batches that wait for Elasticsearch")
                .register(meters);
    }

    /** Enters entries soon; never fails, never waits. */
    public void enterSoon(Collection<BatchEntry> entries) {
        if (waiting.size() < MOST_WAITING) {
            waiting.addAll(entries);
        }
    }

    @Scheduled(fixedDelay = 200, timeUnit = TimeUnit.MILLISECONDS)
    void enterWaiting() {
        List<BatchEntry> round = new ArrayList<>();
        for (BatchEntry next = waiting.poll(); next != null; next = waiting.poll()) {
            round.add(next);
            if (round.size() == ROUND) {
                break;
            }
        }
        try {
            enter(round);
        } catch (RegistryUnavailableException e) {
            waiting.addAll(round);
            log.debug("{} entries of batches wait", waiting.size(), e);
        }
    }

    /** Enters entries; when it returns they are durable. Repeating is harmless. */
    public void enter(Collection<BatchEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        index.makeSure();
        BulkRequest.Builder bulk = new BulkRequest.Builder().index(INDEX);
        for (BatchEntry entry : entries) {
            JsonData source = JsonData.fromJson(json.writeValueAsString(entry));
            bulk.operations(
                    operation -> operation.index(index -> index.id(idOf(entry)).document(source)));
        }
        try {
            BulkResponse answer = elasticsearch.bulk(bulk.build());
            if (answer.errors()) {
                throw new IOException(
                        answer.items().stream()
                                .map(item -> item.error() == null ? "" : item.error().reason())
                                .filter(reason -> reason != null && !reason.isEmpty())
                                .findFirst()
                                .orElse("no reason told"));
            }
        } catch (IOException | ElasticsearchException e) {
            throw new RegistryUnavailableException("The batches cannot be written", e);
        }
    }

    private static String idOf(BatchEntry entry) {
        return ContentHash.of(
                        (entry.batch() + '\n' + entry.file()).getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 32);
    }

    /**
     * Entries of a batch.
     *
     * @param counts how many there are of each outcome
     * @param entries those on the page
     * @param nextCursor name of the last file where there are more; else null
     */
    public record Page(
            Map<Outcome, Long> counts, List<BatchEntry> entries, @Nullable String nextCursor) {}

    /** Entries of a batch by file name; {@code size} 0 only counts. */
    public Page list(String batch, int size, @Nullable String cursor) {
        try {
            SearchResponse<JsonData> answer =
                    elasticsearch.search(
                            search -> {
                                search.index(INDEX)
                                        .query(q -> q.term(t -> t.field("batch").value(batch)))
                                        .size(size)
                                        .sort(s ->
                                                s.field(f -> f.field("file").order(SortOrder.Asc)))
                                        .aggregations(
                                                "outcomes", a -> a.terms(t -> t.field("outcome")));
                                return cursor == null
                                        ? search
                                        : search.searchAfter(FieldValue.of(cursor));
                            },
                            JsonData.class);
            Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
            for (var bucket :
                    Objects.requireNonNull(answer.aggregations().get("outcomes"))
                            .sterms()
                            .buckets()
                            .array()) {
                counts.put(Outcome.valueOf(bucket.key().stringValue()), bucket.docCount());
            }
            List<BatchEntry> entries =
                    answer.hits().hits().stream()
                            .map(Hit::source)
                            .filter(Objects::nonNull)
                            .map(source ->
                                    json.readValue(source.toJson().toString(), BatchEntry.class))
                            .toList();
            return new Page(
                    counts,
                    entries,
                    size == 0 || entries.size() < size ? null : entries.getLast().file());
        } catch (ElasticsearchException e) {
            if (RegistryIndex.MISSING.equals(e.error().type())) {
                return new Page(Map.of(), List.of(), null);
            }
            throw new RegistryUnavailableException("The batches cannot be read", e);
        } catch (IOException e) {
            throw new RegistryUnavailableException("The batches cannot be read", e);
        }
    }
}
