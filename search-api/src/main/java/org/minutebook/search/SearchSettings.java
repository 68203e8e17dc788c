package org.minutebook.search;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How items are searched and shown.
 *
 * @param enabled whether this process answers searches and shows items; without it alerts only
 * @param publicAddress address under which people reach the pages, for links in feeds and exports;
 *     none takes it from each request
 * @param siteName name of the site, at the top of every page
 * @param contact e-mail address of the operator, to whom wrong items are reported; none shows no
 *     such link
 * @param timeLimit longest that one search may take; what was found until then is shown with a note
 * @param pagingTime how long a result may be paged through from one page to the next
 * @param thesaurus file with more words for the same thing, in the form of the bundled one; none
 *     uses only that. It is read again when it changes
 * @param places codes of the places whose everyday words are meant, as UK or US; none means all
 * @param learningInterval how often the acronyms that documents explain are looked up
 * @param requestsAMinute how many searches and requests of the API one address may make; they may
 *     all come at once. 0 for any number. Requests from this machine are not limited
 * @param atOnce how many requests that reach the index or the store are answered at once
 * @param mostWaiting how many more may wait for their turn; those beyond are told to come again, by
 *     503
 * @param longestWait how long one waits for its turn before it is told to come again
 * @param timeZone in which the councils' dates and times are printed
 */
@ConfigurationProperties("minutebook.search")
public record SearchSettings(
        @DefaultValue("true") boolean enabled,
        @Nullable URI publicAddress,
        @DefaultValue("Minutebook") String siteName,
        @Nullable String contact,
        @DefaultValue("3s") Duration timeLimit,
        @DefaultValue("2m") Duration pagingTime,
        @Nullable Path thesaurus,
        @DefaultValue Set<String> places,
        @DefaultValue("10m") Duration learningInterval,
        @DefaultValue("1200") int requestsAMinute,
        @DefaultValue("16") int atOnce,
        @DefaultValue("32") int mostWaiting,
        @DefaultValue("250ms") Duration longestWait,
        @DefaultValue("Europe/London") ZoneId timeZone) {

    public SearchSettings {
        places = Set.copyOf(places);
        if (requestsAMinute < 0) {
            throw new IllegalArgumentException(
                    "minutebook.search.requests-a-minute: "
                            + requestsAMinute
                            + ", expected 0 or more");
        }
        if (atOnce < 1 || mostWaiting < 0 || longestWait.isNegative()) {
            throw new IllegalArgumentException(
                    "minutebook.search.at-once: %d, most-waiting: %d, longest-wait: %s, expected 1 or more, 0 or more, 0 or more"
                            .formatted(atOnce, mostWaiting, longestWait));
        }
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException(
                    "minutebook.search.time-limit: " + timeLimit + ", expected more than 0");
        }
        if (pagingTime.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "minutebook.search.paging-time: " + pagingTime + ", expected 1 second or more");
        }
    }
}
