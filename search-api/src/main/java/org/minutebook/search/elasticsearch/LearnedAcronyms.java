package org.minutebook.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import java.util.List;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.search.items.SearchAwayException;
import org.minutebook.search.query.Vocabulary;
import org.minutebook.search.query.Vocabulary.Explanation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Learns from the index what acronyms stand for. */
@Component
public class LearnedAcronyms {

    /** Most explanations that are looked at, those of most items first. */
    private static final int MOST = 5000;

    private static final String NAME = "acronyms";

    private static final Logger log = LoggerFactory.getLogger(LearnedAcronyms.class);

    private final Elastic elastic;
    private final Vocabulary vocabulary;

    LearnedAcronyms(Elastic elastic, Vocabulary vocabulary) {
        this.elastic = elastic;
        this.vocabulary = vocabulary;
    }

    /**
     * Looks them up, and reads the operator's terms again; what was known stays where it cannot.
     */
    @Scheduled(
            initialDelayString = "3s",
            fixedDelayString = "${minutebook.search.learning-interval:10m}")
    public void refresh() {
        vocabulary.reread();
        try {
            vocabulary.learn(explanations());
        } catch (SearchAwayException e) {
            log.debug("Acronyms are looked up later: {}", e.getMessage());
        }
    }

    private List<Explanation> explanations() {
        SearchRequest request =
                SearchRequest.of(search ->
                        search.index(IndexEntry.ALIAS)
                                .ignoreUnavailable(true)
                                .size(0)
                                .query(q -> q.bool(b -> b.mustNot(Entries.deleted())))
                                .aggregations(
                                        NAME,
                                        Aggregation.of(a ->
                                                a.terms(t -> t.field("acronyms").size(MOST)))));
        return elastic.search(request).stream()
                .flatMap(answer -> Entries.buckets(answer.aggregations().get(NAME)).stream())
                .map(LearnedAcronyms::explanation)
                .toList();
    }

    private static Explanation explanation(StringTermsBucket bucket) {
        String text = bucket.key().stringValue();
        int end = Math.max(0, text.indexOf(IndexEntry.STANDS_FOR));
        return new Explanation(
                text.substring(0, end),
                text.substring(end + IndexEntry.STANDS_FOR.length()),
                bucket.docCount());
    }
}
