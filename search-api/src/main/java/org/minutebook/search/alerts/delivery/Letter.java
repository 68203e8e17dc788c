package org.minutebook.search.alerts.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.Subscription.Contact;

/**
 * An e-mail about a subscription itself. Which of them are to be sent follows from the
 * subscription, and which were sent stands in the log of deliveries as for alerts: so a letter is
 * tried until the mail server takes it, also after a restart, and a repeat has the same Message-ID.
 *
 * @param kind what it says
 * @param subscription as it is now
 */
record Letter(Kind kind, Subscription subscription) {

    /** What letters say. */
    enum Kind {
        /** Asks whether the address wants the alerts. */
        CONFIRM,
        /** Asks whether the address wants to be told when the webhook is disabled. */
        CONTACT,
        /** Says that the webhook is disabled, and why. */
        NOTICE
    }

    /** Those that a subscription in its state asks for, whether or not they were sent already. */
    static List<Letter> of(Subscription subscription) {
        List<Letter> letters = new ArrayList<>();
        Contact contact = subscription.contact();
        if (subscription.state() == Subscription.State.UNCONFIRMED) {
            letters.add(new Letter(Kind.CONFIRM, subscription));
        }
        if (contact != null && contact.agreement() == Contact.Agreement.ASKED) {
            letters.add(new Letter(Kind.CONTACT, subscription));
        }
        if (contact != null
                && contact.agreed()
                && subscription.state() == Subscription.State.DISABLED) {
            letters.add(new Letter(Kind.NOTICE, subscription));
        }
        return letters;
    }

    /** The same for the same letter, whoever makes it; each disabling has one of its own. */
    String id() {
        return switch (kind) {
            case CONFIRM -> "confirm_" + subscription.id();
            case CONTACT -> "contact_" + subscription.id();
            case NOTICE -> "notice_" + subscription.id() + "_" + since().getEpochSecond();
        };
    }

    /** Since when there is something to say. */
    Instant since() {
        Instant stateSince = subscription.stateSince();
        return kind == Kind.NOTICE && stateSince != null ? stateSince : subscription.createdAt();
    }

    /** To whom it goes. */
    String address() {
        Contact contact = subscription.contact();
        return kind == Kind.CONFIRM || contact == null
                ? Objects.requireNonNull(subscription.channel().target())
                : contact.email();
    }
}
