package org.minutebook.search.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import org.minutebook.contracts.ContentHash;
import org.minutebook.search.elasticsearch.IndexState;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.WebRequest;

/**
 * Entity tags of answers that are too large, or too dear, to be made only to see that they are as
 * they were: exports, feeds, calendars. The tag is weak: it says that nothing was written since.
 */
@Component
public class Freshness {

    private static final int TAG_DIGITS = 20;

    private final IndexState index;
    private final Clock clock;

    Freshness(IndexState index, Clock clock) {
        this.index = index;
        this.clock = clock;
    }

    /**
     * Whether who asks has the answer already; then 304 is answered and nothing is to be sent. Else
     * the answer gets its tag.
     *
     * @param question everything that decides what is answered, beside the index; as text it says
     *     all of it, also what the thesaurus added
     */
    public boolean isKnown(WebRequest request, Object question) {
        // The day decides the order of results and what is still to come.
        String all = "%s\n%s\n%s".formatted(question, index.now(), LocalDate.now(clock));
        String tag = ContentHash.of(all.getBytes(StandardCharsets.UTF_8)).hex();
        return request.checkNotModified("W/\"" + tag.substring(0, TAG_DIGITS) + '"');
    }
}
