package org.minutebook.search;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How items are searched and shown.
 *
 * @param publicAddress address under which people reach the pages, for links in feeds and exports;
 *     none takes it from each request
 * @param siteName name of the site, at the top of every page
 * @param contact e-mail address of the operator, to whom wrong items are reported; none shows no
 *     such link
 * @param timeLimit longest that one search may take; what was found until then is shown with a note
 * @param pagingTime how long a result may be paged through from one page to the next
 * @param thesaurus file with more words for the same thing, in the form of the bundled one; none
 *     uses only that
 * @param timeZone in which the councils' dates and times are printed
 */
@ConfigurationProperties("minutebook.search")
public record SearchSettings(
        @Nullable URI publicAddress,
        @DefaultValue("Minutebook") String siteName,
        @Nullable String contact,
        @DefaultValue("3s") Duration timeLimit,
        @DefaultValue("2m") Duration pagingTime,
        @Nullable Path thesaurus,
        @DefaultValue("Europe/London") ZoneId timeZone) {

    public SearchSettings {
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
