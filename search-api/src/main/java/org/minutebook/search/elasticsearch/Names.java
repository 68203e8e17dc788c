package org.minutebook.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minutebook.contracts.IndexEntry;
import org.springframework.stereotype.Component;

/**
 * What councils and committees are called, by their slugs. Remembered for a while: to ask for the
 * name with each facet of each search takes longer than to count the facet.
 */
@Component
public class Names {

    /** What has a slug and a name. */
    public enum Named {
        COUNCIL("document.councilId", "document.council"),
        COMMITTEE("document.committeeId", "document.committee");

        private final String slug;
        private final String name;

        Named(String slug, String name) {
            this.slug = slug;
            this.name = name;
        }

        /** Field of the slug. */
        String slug() {
            return slug;
        }
    }

    private static final int MOST = 20_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final String SLUGS = "slugs";
    private static final String NAMES = "names";

    private record Key(Named named, String slug) {}

    private final Elastic elastic;
    private final Cache<Key, String> known =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

    Names(Elastic elastic) {
        this.elastic = elastic;
    }

    /**
     * Names by slug, each as it is printed most often; a slug that nothing stands under is left
     * out.
     *
     * @throws org.minutebook.search.items.SearchAwayException if Elasticsearch does not answer
     */
    public Map<String, String> of(Named named, Collection<String> slugs) {
        Map<String, String> names = new HashMap<>();
        List<Key> keys = slugs.stream().map(slug -> new Key(named, slug)).toList();
        known.getAll(keys, missing -> look(named, missing))
                .forEach((key, name) -> names.put(key.slug(), name));
        return names;
    }

    private Map<Key, String> look(Named named, Set<? extends Key> missing) {
        List<FieldValue> slugs = missing.stream().map(key -> FieldValue.of(key.slug())).toList();
        SearchRequest request =
                SearchRequest.of(search ->
                        search.index(IndexEntry.ALIAS)
                                .ignoreUnavailable(true)
                                .size(0)
                                .query(
                                        Query.of(q ->
                                                q.terms(t ->
                                                        t.field(named.slug)
                                                                .terms(v -> v.value(slugs)))))
                                .aggregations(
                                        SLUGS,
                                        Aggregation.of(a ->
                                                a.terms(t -> t.field(named.slug).size(slugs.size()))
                                                        .aggregations(
                                                                NAMES,
                                                                Aggregation.of(n ->
                                                                        n.terms(t ->
                                                                                t.field(named.name)
                                                                                        .size(
                                                                                                1)))))));
        Map<Key, String> found = new HashMap<>();
        elastic.search(request).stream()
                .flatMap(answer -> Entries.buckets(answer.aggregations().get(SLUGS)).stream())
                .forEach(bucket ->
                        Entries.buckets(bucket.aggregations().get(NAMES)).stream()
                                .map(name -> name.key().stringValue())
                                .forEach(name ->
                                        found.put(
                                                new Key(named, bucket.key().stringValue()), name)));
        return found;
    }
}
