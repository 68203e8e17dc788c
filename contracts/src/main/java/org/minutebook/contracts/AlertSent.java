package org.minutebook.contracts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Topic {@code alerts.sent}, keyed by delivery, in the partition of the subscription: a message
 * with one or more alerts, or a letter about the subscription itself (it asks for confirmation, or
 * says that a webhook is disabled), and how far it has come. It is written before the first
 * attempt, so that a repeat after a crash is the same message.
 *
 * @param delivery names the message: the {@code webhook-id}, and part of the Message-ID
 * @param version grows with every record about the delivery; an older one is passed over
 * @param subscription whose alerts they are
 * @param keys the alerts in it; none in a letter
 * @param outcome how far it has come
 * @param digest whether it gathers what came over a time
 * @param attempts how often it was tried
 * @param detail what the other side said at the last failure; null where there was none
 * @param nextAttempt when it is tried again; null where it is not
 * @param at when this was so
 */
public record AlertSent(
        String delivery,
        int version,
        SubscriptionId subscription,
        List<AlertKey> keys,
        Outcome outcome,
        boolean digest,
        int attempts,
        @Nullable String detail,
        @Nullable Instant nextAttempt,
        Instant at) {

    public AlertSent {
        keys = Lists.copy(keys);
    }

    /** How far a delivery has come. In JSON in lower case. */
    public enum Outcome {
        /** Under way, or to be tried again. */
        SENDING,
        /** Taken by the mail server or the webhook. */
        SENT,
        /** Given up. */
        FAILED;

        /** As in JSON. */
        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
