package org.minutebook.ingest.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import co.elastic.clients.json.JsonData;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentLifecycle;
import org.minutebook.ingest.RegistryEntry;
import org.minutebook.ingest.RegistryUnavailableException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The document registry: index {@value #INDEX}, one entry a document, projected from lifecycle
 * events. An event applies only if {@link DocumentLifecycle#version()} grows, so that events may
 * come late or twice.
 *
 * <p>Errors: {@link RegistryUnavailableException} where Elasticsearch does not answer.
 */
@Component
public class DocumentRegistry {

    static final String INDEX = "documents";

    private static final String CONFLICT = "version_conflict_engine_exception";
    private static final String EXISTS = "resource_already_exists_exception";
    private static final String MISSING = "index_not_found_exception";

    private final ElasticsearchClient elasticsearch;
    private final JsonMapper json;
    private volatile boolean indexThere;

    DocumentRegistry(ElasticsearchClient elasticsearch, JsonMapper json) {
        this.elasticsearch = elasticsearch;
        this.json = json;
    }

    /** Applies events that grow; the others are dropped. When it returns they are durable. */
    public void apply(Collection<DocumentLifecycle> events) {
        if (events.isEmpty()) {
            return;
        }
        makeIndex();
        BulkRequest.Builder bulk = new BulkRequest.Builder().index(INDEX);
        for (DocumentLifecycle event : newestOfEach(events)) {
            JsonData entry = JsonData.fromJson(json.writeValueAsString(RegistryEntry.of(event)));
            bulk.operations(operation ->
                    operation.index(index ->
                            index.id(event.document().id().value())
                                    .version(event.version())
                                    .versionType(VersionType.External)
                                    .document(entry)));
        }
        try {
            BulkResponse answer = elasticsearch.bulk(bulk.build());
            for (BulkResponseItem item : answer.items()) {
                if (item.error() != null && !CONFLICT.equals(item.error().type())) {
                    throw new RegistryUnavailableException(
                            "Entry %s was not written: %s"
                                    .formatted(item.id(), item.error().reason()),
                            new IOException(item.error().type()));
                }
            }
        } catch (IOException | ElasticsearchException e) {
            throw new RegistryUnavailableException("The registry cannot be written", e);
        }
    }

    // Two versions of one entry in one bulk request would be applied in order anyway; one write is
    // enough.
    private static Collection<DocumentLifecycle> newestOfEach(
            Collection<DocumentLifecycle> events) {
        Map<DocumentId, DocumentLifecycle> newest = new LinkedHashMap<>();
        for (DocumentLifecycle event : events) {
            newest.merge(
                    event.document().id(), event, (a, b) -> a.version() >= b.version() ? a : b);
        }
        return newest.values();
    }

    private void makeIndex() {
        if (indexThere) {
            return;
        }
        try (InputStream mapping =
                Objects.requireNonNull(
                        DocumentRegistry.class.getResourceAsStream(
                                "/org/minutebook/ingest/documents-index.json"))) {
            elasticsearch.indices().create(create -> create.index(INDEX).withJson(mapping));
            indexThere = true;
        } catch (ElasticsearchException e) {
            if (!EXISTS.equals(e.error().type())) {
                throw new RegistryUnavailableException("The registry cannot be made", e);
            }
            indexThere = true;
        } catch (IOException e) {
            throw new RegistryUnavailableException("The registry cannot be made", e);
        }
    }

    /** A document's entry; empty where no event about it has been applied. */
    public Optional<RegistryEntry> find(DocumentId id) {
        return find(List.of(id)).stream().findFirst();
    }

    /** Entries of the documents that have one. */
    public List<RegistryEntry> find(Collection<DocumentId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        try {
            return elasticsearch
                    .mget(
                            get ->
                                    get.index(INDEX)
                                            .ids(ids.stream().map(DocumentId::value).toList()),
                            JsonData.class)
                    .docs()
                    .stream()
                    .filter(MultiGetResponseItem::isResult)
                    .map(item -> item.result().source())
                    .filter(Objects::nonNull)
                    .map(source -> json.readValue(source.toJson().toString(), RegistryEntry.class))
                    .toList();
        } catch (ElasticsearchException e) {
            if (MISSING.equals(e.error().type())) {
                return List.of();
            }
            throw new RegistryUnavailableException("The registry cannot be read", e);
        } catch (IOException e) {
            throw new RegistryUnavailableException("The registry cannot be read", e);
        }
    }
}
