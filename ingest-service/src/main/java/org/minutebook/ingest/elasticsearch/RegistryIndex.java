package org.minutebook.ingest.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.Objects;
import org.minutebook.ingest.RegistryUnavailableException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An index of this service. Whoever writes to it makes sure of it first: Elasticsearch would make
 * one that is missing by itself, with fields as it guesses them, by which nothing can be sorted or
 * found. It may be missing at the first write, and after Elasticsearch has lost its data.
 *
 * <p>It needs no more rights than to make, read and write the index.
 */
final class RegistryIndex {

    /** Error where an index is asked for that is not there. */
    static final String MISSING = "index_not_found_exception";

    private static final String EXISTS = "resource_already_exists_exception";

    /** No entry has it as its id. */
    private static final String NOBODY = "-";

    private final ElasticsearchClient elasticsearch;
    private final JsonMapper json;
    private final String name;
    private volatile boolean current;

    /**
     * One index.
     *
     * @param name of the index; its settings and mapping are the resource {@code NAME-index.json}
     */
    RegistryIndex(ElasticsearchClient elasticsearch, JsonMapper json, String name) {
        this.elasticsearch = elasticsearch;
        this.json = json;
        this.name = name;
    }

    /**
     * When it returns, the index is there with all its fields.
     *
     * @throws RegistryUnavailableException if Elasticsearch does not answer
     */
    void makeSure() {
        try {
            if (!current || !isThere()) {
                make();
                current = true;
            }
        } catch (ElasticsearchException | IOException e) {
            throw new RegistryUnavailableException(
                    "The index %s cannot be made".formatted(name), e);
        }
    }

    private boolean isThere() throws IOException {
        try {
            elasticsearch.get(get -> get.index(name).id(NOBODY));
            return true;
        } catch (ElasticsearchException e) {
            if (MISSING.equals(e.error().type())) {
                return false;
            }
            throw e;
        }
    }

    private void make() throws IOException {
        try (InputStream description = description()) {
            elasticsearch.indices().create(create -> create.index(name).withJson(description));
        } catch (ElasticsearchException e) {
            if (!EXISTS.equals(e.error().type())) {
                throw e;
            }
            addFields();
        }
    }

    /** An index that an earlier version made lacks the fields that came since. */
    private void addFields() throws IOException {
        try (InputStream description = description()) {
            String mappings = json.readTree(description).get("mappings").toString();
            elasticsearch
                    .indices()
                    .putMapping(put -> put.index(name).withJson(new StringReader(mappings)));
        }
    }

    private InputStream description() {
        return Objects.requireNonNull(
                RegistryIndex.class.getResourceAsStream(
                        "/org/minutebook/ingest/%s-index.json".formatted(name)));
    }
}
