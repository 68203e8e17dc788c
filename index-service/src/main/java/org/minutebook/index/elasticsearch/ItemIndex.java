package org.minutebook.index.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.indices.update_aliases.Action;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.IndexEntry.Role;
import org.minutebook.contracts.Revision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The item index: indices {@code agenda-items-v<mapping>-<timestamp>}, one of them behind the alias
 * {@value IndexEntry#ALIAS}. Those that no alias names are left over and of no use to anybody.
 *
 * <p>A {@code target} is an alias with one index behind it. All methods throw {@link
 * IndexAwayException} where Elasticsearch does not answer, has no room, or lost the index; each may
 * be repeated.
 */
@Component
public class ItemIndex {

    /** An entry of this version or a newer one is there. */
    private static final String CONFLICT = "version_conflict_engine_exception";

    /** Somebody else made the alias meanwhile: an alias has one write index. */
    private static final String TWO_WRITE_INDICES = "illegal_state_exception";

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    /** Alias of an index that is being filled to take the other's place. */
    private static final String NEXT = IndexEntry.ALIAS + "-next";

    /**
     * Alias of the index in use from the moment that it took another's place until everything that
     * the other one was given last is in it.
     */
    private static final String UNFINISHED = IndexEntry.ALIAS + "-unfinished";

    /** Ids that one search returns; the most that an index gives by default. */
    private static final int MOST_HITS = 10_000;

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS").withZone(ZoneOffset.UTC);

    private static final Logger log = LoggerFactory.getLogger(ItemIndex.class);

    private final ElasticsearchClient elasticsearch;
    private final JsonMapper json;
    private final IndexSettings settings;
    private final Clock clock;
    private final Timer bulks;

    ItemIndex(
            ElasticsearchClient elasticsearch,
            JsonMapper json,
            IndexSettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.elasticsearch = elasticsearch;
        // Empty lists and null would be a third of an entry without text, and Elasticsearch reads
        // every letter of it.
        this.json =
                json.rebuild()
                        .changeDefaultPropertyInclusion(
                                all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
                        .withConfigOverride(
                                List.class,
                                lists ->
                                        lists.setInclude(
                                                JsonInclude.Value.construct(
                                                        JsonInclude.Include.NON_EMPTY,
                                                        JsonInclude.Include.ALWAYS)))
                        .build();
        this.settings = settings;
        this.clock = clock;
        bulks =
                Timer.builder("minutebook.index.bulk")
                        .description("Time until Elasticsearch has taken a bulk of entries")
                        .publishPercentileHistogram()
                        .register(meters);
    }

    /**
     * What became of entries that were written.
     *
     * @param conflicts documents whose own entry was there already, at this revision or a newer one
     * @param rejections documents of which an entry will never be taken, with Elasticsearch's words
     */
    public record Written(Set<DocumentId> conflicts, Map<DocumentId, String> rejections) {}

    /**
     * Makes the index and its alias where there is none. With several instances at once one of them
     * succeeds and the others use what it made.
     *
     * @throws IndexAwayException also where the index has the mapping of another version of this
     *     program: then it is filled anew before anything is written
     */
    public void makeSure() {
        Optional<String> present = current();
        if (present.isEmpty()) {
            call("The item index cannot be made", this::makeFirst);
        } else if (!hasOurMapping(present.get())) {
            throw new IndexAwayException(
                    "The index %s is to be replaced by one of mapping version %d"
                            .formatted(present.get(), IndexEntry.MAPPING_VERSION),
                    null);
        }
    }

    private @Nullable Void makeFirst() throws IOException {
        String name = newName();
        try {
            make(name, IndexEntry.ALIAS);
            log.info("Made the index {} behind the alias {}", name, IndexEntry.ALIAS);
        } catch (ElasticsearchException e) {
            if (!TWO_WRITE_INDICES.equals(e.error().type())) {
                throw e;
            }
        }
        return null;
    }

    /** Name of the index that searches use; empty where there is none yet. */
    public Optional<String> current() {
        return behind(IndexEntry.ALIAS).stream().findFirst();
    }

    /** Whether an index was made with the mapping that this program writes. */
    public static boolean hasOurMapping(String name) {
        return name.startsWith("%s-v%d-".formatted(IndexEntry.ALIAS, IndexEntry.MAPPING_VERSION));
    }

    private List<String> behind(String alias) {
        return call(
                "The alias %s cannot be read".formatted(alias),
                () -> {
                    try {
                        return List.copyOf(
                                elasticsearch
                                        .indices()
                                        .getAlias(get -> get.name(alias))
                                        .aliases()
                                        .keySet());
                    } catch (ElasticsearchException e) {
                        if (e.status() == NOT_FOUND) {
                            return List.of();
                        }
                        throw e;
                    }
                });
    }

    /**
     * Makes an empty index to be filled through the alias {@link #next()}. One that somebody left
     * half filled, or still fills, is thrown away: the last to begin wins. So is what is left over
     * otherwise.
     *
     * @return its name
     */
    public String beginNext() {
        delete(behind(NEXT));
        deleteUnused();
        String name = newName();
        call(
                "A new item index cannot be made",
                () -> {
                    make(name, NEXT);
                    return null;
                });
        return name;
    }

    /** Target by which the index of {@link #beginNext()} is filled. */
    public static String next() {
        return NEXT;
    }

    /**
     * Puts an index that was filled in the place of the one that searches use, and marks it as
     * unfinished, as one step. Once more changes nothing.
     */
    public void switchTo(String name) {
        List<String> before =
                behind(IndexEntry.ALIAS).stream().filter(each -> !each.equals(name)).toList();
        call(
                "The alias cannot be moved to " + name,
                () ->
                        elasticsearch
                                .indices()
                                .updateAliases(update -> {
                                    for (String each : before) {
                                        update.actions(remove(each, IndexEntry.ALIAS))
                                                .actions(remove(each, UNFINISHED));
                                    }
                                    return update.actions(remove(name, NEXT))
                                            .actions(action ->
                                                    action.add(add ->
                                                            add.index(name)
                                                                    .alias(IndexEntry.ALIAS)
                                                                    .isWriteIndex(true)))
                                            .actions(action ->
                                                    action.add(add ->
                                                            add.index(name).alias(UNFINISHED)));
                                }));
    }

    private static Action remove(String name, String alias) {
        return Action.of(action ->
                action.remove(remove -> remove.index(name).alias(alias).mustExist(false)));
    }

    /**
     * Name of the index that took another's place and was not {@linkplain #finished finished}
     * since; empty where there is none.
     */
    public Optional<String> unfinished() {
        return behind(UNFINISHED).stream().findFirst();
    }

    /** Takes the mark of {@link #switchTo} away: nothing is missing in the index any more. */
    public void finished(String name) {
        call(
                "The alias %s cannot be removed".formatted(UNFINISHED),
                () ->
                        elasticsearch
                                .indices()
                                .updateAliases(update -> update.actions(remove(name, UNFINISHED))));
    }

    /**
     * Deletes the item indices that no alias names: what an index took the place of, also where
     * whoever did it never came to know, or died.
     */
    public void deleteUnused() {
        // An index is made with its alias, so none is taken for unused that is just made.
        List<String> unused =
                call(
                        "The item indices cannot be listed",
                        () ->
                                elasticsearch
                                        .indices()
                                        .getAlias(get -> get.index(IndexEntry.ALIAS + "-v*"))
                                        .aliases()
                                        .entrySet()
                                        .stream()
                                        .filter(each -> each.getValue().aliases().isEmpty())
                                        .map(Map.Entry::getKey)
                                        .toList());
        if (!unused.isEmpty()) {
            log.info("Deleting the indices {}, which nobody uses any more", unused);
            delete(unused);
        }
    }

    private void delete(List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        call(
                "Indices cannot be deleted",
                () ->
                        elasticsearch
                                .indices()
                                .delete(delete -> delete.index(names).ignoreUnavailable(true)));
    }

    private String newName() {
        return "%s-v%d-%s"
                .formatted(
                        IndexEntry.ALIAS,
                        IndexEntry.MAPPING_VERSION,
                        TIMESTAMP.format(clock.instant()));
    }

    private void make(String name, String alias) throws IOException {
        try (InputStream mapping =
                Objects.requireNonNull(
                        IndexEntry.class.getResourceAsStream(IndexEntry.MAPPING_RESOURCE))) {
            // As its write index: Elasticsearch refuses a second one for the same alias.
            elasticsearch
                    .indices()
                    .create(create ->
                            create.withJson(mapping)
                                    .index(name)
                                    .aliases(alias, a -> a.isWriteIndex(true)));
        }
    }

    /**
     * Revisions at which documents stand in the index, also deleted ones; the rest are not there.
     */
    public Map<DocumentId, Revision> revisions(String target, Collection<DocumentId> documents) {
        Map<DocumentId, Revision> revisions = new HashMap<>();
        if (documents.isEmpty()) {
            return revisions;
        }
        List<String> ids = documents.stream().map(DocumentId::value).toList();
        List<MultiGetResponseItem<Void>> answers =
                call(
                        "The item index cannot be read",
                        () ->
                                elasticsearch
                                        .mget(
                                                get ->
                                                        get.index(target)
                                                                .ids(ids)
                                                                .source(s -> s.fetch(false)),
                                                Void.class)
                                        .docs());
        for (MultiGetResponseItem<Void> answer : answers) {
            if (answer.isFailure()) {
                throw new IndexAwayException(
                        "The item index cannot be read",
                        new IOException(String.valueOf(answer.failure().error().reason())));
            }
            Long version = answer.result().version();
            if (version != null) {
                revisions.put(new DocumentId(answer.result().id()), new Revision(version));
            }
        }
        return revisions;
    }

    /** Writes entries, in as few requests as their size allows, and reads every result. */
    public Written write(String target, List<IndexEntries> documents) {
        Written written = new Written(new HashSet<>(), new HashMap<>());
        List<Operation> operations = new ArrayList<>();
        long size = 0;
        for (IndexEntries document : documents) {
            for (IndexEntry entry : document.entries()) {
                byte[] source = json.writeValueAsBytes(entry);
                if (size + source.length > settings.bulkSize().toBytes() && !operations.isEmpty()) {
                    write(target, operations, written);
                    operations.clear();
                    size = 0;
                }
                operations.add(new Operation(entry.document().id(), put(entry, source)));
                size += source.length;
            }
        }
        if (!operations.isEmpty()) {
            write(target, operations, written);
        }
        return written;
    }

    private record Operation(DocumentId document, BulkOperation operation) {}

    private static BulkOperation put(IndexEntry entry, byte[] source) {
        return BulkOperation.of(operation ->
                operation.index(index ->
                        index.id(IndexEntries.idOf(entry))
                                .version(entry.revision().value())
                                .versionType(VersionType.External)
                                .document(BinaryData.of(source, ContentType.APPLICATION_JSON))));
    }

    private void write(String target, List<Operation> operations, Written written) {
        BulkResponse answer;
        try {
            answer = bulk(target, operations.stream().map(Operation::operation).toList());
        } catch (ElasticsearchException e) {
            if (operations.size() == 1) {
                written.rejections().putIfAbsent(operations.getFirst().document(), reason(e));
                return;
            }
            // The request as a whole is refused, so no entry is named: halve until one is.
            int middle = operations.size() / 2;
            write(target, operations.subList(0, middle), written);
            write(target, operations.subList(middle, operations.size()), written);
            return;
        }
        for (int i = 0; i < operations.size(); i++) {
            DocumentId document = operations.get(i).document();
            BulkResponseItem result = answer.items().get(i);
            ErrorCause error = result.error();
            if (error == null) {
                continue;
            }
            if (CONFLICT.equals(error.type())) {
                if (document.value().equals(result.id())) {
                    written.conflicts().add(document);
                }
            } else if (isForever(result.status())) {
                written.rejections().putIfAbsent(document, result.id() + ": " + reason(error));
            } else {
                throw new IndexAwayException(
                        "Entry %s was not written".formatted(result.id()),
                        new IOException(result.status() + " " + reason(error)));
            }
        }
    }

    /**
     * @throws ElasticsearchException if the request as a whole is one that Elasticsearch will never
     *     take
     */
    private BulkResponse bulk(String target, List<BulkOperation> operations) {
        BulkRequest request =
                BulkRequest.of(bulk ->
                        bulk.index(target)
                                // Else a lost alias would come back as an index without a mapping.
                                .requireAlias(true)
                                .operations(operations));
        try {
            Timer.Sample sample = Timer.start();
            BulkResponse answer = elasticsearch.bulk(request);
            sample.stop(bulks);
            return answer;
        } catch (ElasticsearchException e) {
            if (e.status() == BAD_REQUEST || e.status() == CONTENT_TOO_LARGE) {
                throw e;
            }
            throw new IndexAwayException("The item index cannot be written", e);
        } catch (IOException e) {
            throw new IndexAwayException("The item index cannot be written", e);
        }
    }

    /** Whether the same entry would fail again however often it is tried. */
    private static boolean isForever(int status) {
        return status >= BAD_REQUEST
                && status < SERVER_ERROR
                && status != TOO_MANY_REQUESTS
                // Settings are put right, a block on writing goes away, an index that is gone is
                // made again.
                && status != NOT_FOUND
                && status != UNAUTHORIZED
                && status != FORBIDDEN;
    }

    private static String reason(ElasticsearchException e) {
        return reason(e.error());
    }

    private static String reason(ErrorCause error) {
        StringBuilder reason = new StringBuilder(String.valueOf(error.reason()));
        for (@Nullable ErrorCause cause = error.causedBy();
                cause != null;
                cause = cause.causedBy()) {
            reason.append(": ").append(cause.reason());
        }
        return reason.toString();
    }

    /** When it returns, searches find everything that was written before. */
    public void refresh(String target) {
        call(
                "The item index cannot be refreshed",
                () -> elasticsearch.indices().refresh(r -> r.index(target)));
    }

    /**
     * Takes away the items of documents that were read at earlier revisions than the given ones, as
     * far as a search finds them. The documents' own entries stay.
     *
     * @return whether there were any
     */
    public boolean removeOlder(String target, Map<DocumentId, Revision> documents) {
        if (documents.isEmpty()) {
            return false;
        }
        Query older = older(documents);
        boolean any = false;
        while (true) {
            List<Hit<Void>> hits = find(target, older);
            if (hits.isEmpty()) {
                return any;
            }
            any = true;
            remove(target, hits, documents);
            if (hits.size() < MOST_HITS) {
                return true;
            }
            refresh(target);
        }
    }

    private static Query older(Map<DocumentId, Revision> documents) {
        BoolQuery.Builder any = new BoolQuery.Builder();
        documents.forEach((id, revision) ->
                any.should(each ->
                        each.bool(both ->
                                both.filter(f ->
                                                f.term(t ->
                                                        t.field("document.id").value(id.value())))
                                        .filter(f ->
                                                f.range(r ->
                                                        r.number(n ->
                                                                n.field("revision")
                                                                        .lt(
                                                                                (double)
                                                                                        revision
                                                                                                .value())))))));
        return Query.of(query ->
                query.bool(bool ->
                        bool.filter(f -> f.bool(any.build()))
                                .mustNot(m ->
                                        m.term(t ->
                                                t.field("role").value(Role.DOCUMENT.wireName())))));
    }

    private List<Hit<Void>> find(String target, Query query) {
        SearchResponse<Void> answer =
                call(
                        "The item index cannot be searched",
                        () ->
                                elasticsearch.search(
                                        search ->
                                                search.index(target)
                                                        .query(query)
                                                        .source(s -> s.fetch(false))
                                                        .size(MOST_HITS),
                                        Void.class));
        return answer.hits().hits();
    }

    private void remove(String target, List<Hit<Void>> hits, Map<DocumentId, Revision> documents) {
        List<BulkOperation> operations = new ArrayList<>();
        for (Hit<Void> hit : hits) {
            String id = Objects.requireNonNull(hit.id());
            Revision revision =
                    Objects.requireNonNull(
                            documents.get(new DocumentId(id.substring(0, id.indexOf('-')))));
            operations.add(
                    BulkOperation.of(operation ->
                            operation.delete(delete ->
                                    delete.id(id)
                                            .version(revision.value())
                                            .versionType(VersionType.External))));
        }
        BulkResponse answer =
                call(
                        "Items of earlier revisions cannot be removed",
                        () -> bulk(target, operations));
        for (BulkResponseItem result : answer.items()) {
            ErrorCause error = result.error();
            // Not there any more, or written anew by somebody with a newer revision: both are fine.
            if (error != null && !CONFLICT.equals(error.type()) && result.status() != NOT_FOUND) {
                throw new IndexAwayException(
                        "Entry %s was not removed".formatted(result.id()),
                        new IOException(result.status() + " " + reason(error)));
            }
        }
    }

    private interface Call<T extends @Nullable Object> {
        T run() throws IOException;
    }

    private static <T extends @Nullable Object> T call(String failure, Call<T> call) {
        try {
            return call.run();
        } catch (IOException | ElasticsearchException e) {
            throw new IndexAwayException(failure, e);
        }
    }
}
