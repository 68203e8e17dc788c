package org.minutebook.search.alerts;

import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Topic alerts. E-mail needs {@code spring.mail.host} beside these.
 *
 * @param enabled whether this process takes subscriptions, matches and sends; without it search
 *     only
 * @param instance names this instance to the broker, unlike any other and the same after a restart,
 *     so that it has its work again at once; none uses the host's name and the port
 * @param baseUrl address under which people reach the pages, for links in alerts; none uses {@code
 *     minutebook.search.public-address}, or where that is not set either the server's own address
 * @param secret signs the links in alerts: 32 characters or more, the same for all instances; none
 *     makes one and keeps it in the document store, which is enough for one instance
 * @param sender address that e-mails come from
 * @param operatorKeyHashes who may list and change all subscriptions: {@code name:SHA-256 of the
 *     key in hex}; nobody where the list is empty
 * @param webhookAllow {@code host:port} that webhooks may call although it is private, or without
 *     TLS; for tests and demonstrations
 * @param webhookRetries how long after a failed call the next follows; after the last the delivery
 *     is given up
 * @param webhookTimeout longest that one call may take
 * @param mailRetries how long after a failed e-mail the next try follows; the last of them repeats
 *     until {@code mail-patience} is over
 * @param mailPatience how long an e-mail is tried before it is given up
 * @param newestMeetings how old a meeting may be to be told of; where no date is known, the upload
 * @param mostAnHour alerts an hour to one subscription, after which the rest come in one digest
 * @param digestTime local time of the subscriber at which digests go out
 * @param requestsAnHour subscriptions that one IP address may ask for in an hour
 * @param confirmationsADay e-mails that ask one address for confirmation in a day
 * @param confirmationTime how long the link in such an e-mail works; then the request is forgotten
 * @param logRetention how long the log of deliveries is kept; an item read again after that may be
 *     told again
 * @param sweep how often the subscriptions are run as searches to find what matching missed
 * @param sweepReach how far back such a run looks; more than the time between two
 * @param sweepPage items that such a run fetches at once; it goes on until it has seen all
 */
@ConfigurationProperties("minutebook.alerts")
public record AlertSettings(
        @DefaultValue("true") boolean enabled,
        @Nullable String instance,
        @Nullable URI baseUrl,
        @Nullable String secret,
        @DefaultValue("Minutebook <alerts@localhost>") String sender,
        @DefaultValue List<String> operatorKeyHashes,
        @DefaultValue List<String> webhookAllow,
        @DefaultValue({"5s", "30s", "2m", "10m", "30m", "1h", "2h", "4h", "8h", "8h"})
                List<Duration> webhookRetries,
        @DefaultValue("15s") Duration webhookTimeout,
        @DefaultValue({"5s", "30s", "2m", "10m", "30m", "1h"}) List<Duration> mailRetries,
        @DefaultValue("5d") Duration mailPatience,
        @DefaultValue("60d") Duration newestMeetings,
        @DefaultValue("20") int mostAnHour,
        @DefaultValue("07:00") LocalTime digestTime,
        @DefaultValue("30") int requestsAnHour,
        @DefaultValue("5") int confirmationsADay,
        @DefaultValue("7d") Duration confirmationTime,
        @DefaultValue("730d") Duration logRetention,
        @DefaultValue("24h") Duration sweep,
        @DefaultValue("72h") Duration sweepReach,
        @DefaultValue("1000") int sweepPage) {

    private static final Pattern KEY_HASH = Pattern.compile("[^:]+:[0-9a-f]{64}");
    private static final int SHORTEST_SECRET = 32;

    /** Elasticsearch's {@code index.max_result_window}. */
    private static final int LARGEST_PAGE = 10_000;

    public AlertSettings {
        operatorKeyHashes = List.copyOf(operatorKeyHashes);
        webhookAllow = List.copyOf(webhookAllow);
        webhookRetries = List.copyOf(webhookRetries);
        mailRetries = List.copyOf(mailRetries);
        for (String entry : operatorKeyHashes) {
            if (!KEY_HASH.matcher(entry).matches()) {
                throw new IllegalArgumentException(
                        "minutebook.alerts.operator-key-hashes: expected name:SHA-256 in 64 lower-case hex digits");
            }
        }
        if (secret != null && secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "minutebook.alerts.secret: %d characters, expected %d or more"
                            .formatted(secret.length(), SHORTEST_SECRET));
        }
        if (mailRetries.isEmpty()) {
            throw new IllegalArgumentException(
                    "minutebook.alerts.mail-retries: none, expected 1 or more");
        }
        if (sweepPage < 1 || sweepPage > LARGEST_PAGE) {
            throw new IllegalArgumentException(
                    "minutebook.alerts.sweep-page: %d, expected 1 to %d"
                            .formatted(sweepPage, LARGEST_PAGE));
        }
        if (mostAnHour < 1) {
            throw new IllegalArgumentException(
                    "minutebook.alerts.most-an-hour: " + mostAnHour + ", expected 1 or more");
        }
    }

    /** Its text does not show the secret. */
    @Override
    public String toString() {
        return "AlertSettings[enabled=" + enabled + "]";
    }
}
