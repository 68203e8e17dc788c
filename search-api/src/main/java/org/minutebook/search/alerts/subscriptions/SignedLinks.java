package org.minutebook.search.alerts.subscriptions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.search.alerts.AlertSettings;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.store.DocumentStore;
import org.springframework.stereotype.Component;

/**
 * Links by which a subscriber acts without an account: each names a subscription and one purpose,
 * and is signed, so that nobody can make one.
 */
@WithAlerts
@Component
public class SignedLinks {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern TOKEN =
            Pattern.compile("([0-9a-f]{32})\\.([0-9]{1,12})\\.([A-Za-z0-9_-]{43})");

    /** Where the key is kept if none is set. */
    private static final String KEPT_KEY = "alerts/signing-key";

    private static final int KEY_BYTES = 32;

    /** How long a link for managing works: a year, the time for which people keep e-mails. */
    private static final Duration MANAGE = Duration.ofDays(366);

    private final AlertSettings settings;
    private final DocumentStore store;
    private final SiteAddress site;
    private final Clock clock;
    private @Nullable SecretKeySpec key;

    SignedLinks(AlertSettings settings, DocumentStore store, SiteAddress site, Clock clock) {
        this.settings = settings;
        this.store = store;
        this.site = site;
        this.clock = clock;
    }

    /** What a link is for. */
    public enum Purpose {
        /** Says that the address wants the alerts. */
        CONFIRM("/subscriptions/confirm"),
        /** Shows and changes everything of the address. */
        MANAGE("/subscriptions/manage"),
        /** Ends one subscription. */
        UNSUBSCRIBE("/subscriptions/unsubscribe"),
        /** Reads a private feed. */
        FEED("/subscriptions/feed.atom");

        private final String path;

        Purpose(String path) {
            this.path = path;
        }
    }

    /** A whole address. */
    public String link(Purpose purpose, SubscriptionId subscription) {
        return site.of(purpose.path + "?token=" + token(purpose, subscription));
    }

    /** The signed part of an address. */
    public String token(Purpose purpose, SubscriptionId subscription) {
        long until =
                switch (purpose) {
                    case CONFIRM -> expiry(settings.confirmationTime());
                    case MANAGE -> expiry(MANAGE);
                    case UNSUBSCRIBE, FEED -> 0; // without end
                };
        return subscription + "." + until + "." + signature(purpose, subscription.value(), until);
    }

    private long expiry(Duration duration) {
        return clock.instant().plus(duration).getEpochSecond();
    }

    /** The subscription that a token is for; empty where it is not ours, or not valid any more. */
    public Optional<SubscriptionId> read(Purpose purpose, String token) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long until = Long.parseLong(parts.group(2));
        byte[] expected =
                signature(purpose, parts.group(1), until).getBytes(StandardCharsets.US_ASCII);
        boolean ours =
                MessageDigest.isEqual(expected, parts.group(3).getBytes(StandardCharsets.US_ASCII));
        boolean inTime = until == 0 || clock.instant().isBefore(Instant.ofEpochSecond(until));
        return ours && inTime ? Optional.of(new SubscriptionId(parts.group(1))) : Optional.empty();
    }

    private String signature(Purpose purpose, String subscription, long until) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key());
            byte[] signed =
                    mac.doFinal(
                            (purpose + ":" + subscription + ":" + until)
                                    .getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    private synchronized SecretKeySpec key() {
        if (key == null) {
            byte[] bytes =
                    settings.secret() != null
                            ? settings.secret().getBytes(StandardCharsets.UTF_8)
                            : keptKey();
            key = new SecretKeySpec(bytes, ALGORITHM);
        }
        return key;
    }

    private byte[] keptKey() {
        return openKeptKey()
                .orElseGet(() -> {
                    byte[] made = new byte[KEY_BYTES];
                    new SecureRandom().nextBytes(made);
                    store.putDerived(KEPT_KEY, made);
                    return openKeptKey().orElse(made);
                });
    }

    private Optional<byte[]> openKeptKey() {
        try (@Nullable InputStream kept = store.openDerived(KEPT_KEY).orElse(null)) {
            return kept == null ? Optional.empty() : Optional.of(kept.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
