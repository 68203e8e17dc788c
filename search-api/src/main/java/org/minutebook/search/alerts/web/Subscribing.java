package org.minutebook.search.alerts.web;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CouncilId;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.MeetingId;
import org.minutebook.contracts.Outcome;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.Subscription.Cadence;
import org.minutebook.contracts.Subscription.Channel;
import org.minutebook.contracts.Subscription.Channel.Kind;
import org.minutebook.contracts.Subscription.Contact;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.search.SearchSettings;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.alerts.delivery.AlertMails;
import org.minutebook.search.alerts.delivery.Webhooks;
import org.minutebook.search.alerts.subscriptions.Subscriptions;
import org.minutebook.search.elasticsearch.ItemLookup;
import org.minutebook.search.items.ItemInFull;
import org.minutebook.search.items.WrongInputException;
import org.minutebook.search.query.Expression;
import org.minutebook.search.query.QueryParser;
import org.springframework.stereotype.Component;

/** Takes requests for subscriptions. */
@WithAlerts
@Component
class Subscribing {

    /** As long as a query of a search may be. */
    private static final int LONGEST_QUERY = 1000;

    private static final int LONGEST_TARGET = 2000;
    private static final int MOST_FILTERS = 100;

    private final Subscriptions subscriptions;
    private final QueryParser parser;
    private final ItemLookup items;
    private final AlertMails mails;
    private final Webhooks webhooks;
    private final RateLimits limits;
    private final SearchSettings settings;
    private final Clock clock;

    Subscribing(
            Subscriptions subscriptions,
            QueryParser parser,
            ItemLookup items,
            AlertMails mails,
            Webhooks webhooks,
            RateLimits limits,
            SearchSettings settings,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.parser = parser;
        this.items = items;
        this.mails = mails;
        this.webhooks = webhooks;
        this.limits = limits;
        this.settings = settings;
        this.clock = clock;
    }

    /** Somebody asks too often. */
    static final class TooManyException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** No e-mail can be sent from here. */
    static final class NoMailException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A search to be saved. */
    record Wanted(String query, Subscription.Filters filters) {}

    /**
     * What a request looks for.
     *
     * @throws WrongInputException naming what cannot be understood
     */
    Wanted wanted(SubscriptionRequest request) {
        Subscription.Filters filters = filters(request);
        String query = request.query() == null ? "" : request.query();
        if (request.item() != null) {
            ItemInFull item = item(request.item());
            query = matter(item);
            if (filters.councils().isEmpty() && item.document().councilId() != null) {
                filters =
                        new Subscription.Filters(
                                List.of(item.document().councilId()),
                                filters.committees(),
                                filters.kind(),
                                filters.decided(),
                                filters.outcome());
            }
        }
        if (query.length() > LONGEST_QUERY) {
            throw new WrongInputException(
                    "query",
                    "%d characters, expected %d or fewer".formatted(query.length(), LONGEST_QUERY));
        }
        Expression expression = parser.parse(query).expression();
        boolean saysNothing =
                expression instanceof Expression.Nothing
                        || (expression instanceof Expression.Everything
                                && filters.councils().isEmpty());
        if (saysNothing) {
            throw new WrongInputException("query", "say what to look for, or in which council");
        }
        return new Wanted(query, filters);
    }

    private ItemInFull item(String id) {
        return (ItemId.isValid(id) ? items.item(new ItemId(id)) : Optional.<ItemInFull>empty())
                .orElseThrow(
                        () -> new WrongInputException("item", "there is no item '" + id + "'"));
    }

    /** The words by which a matter is known again: its title, as a phrase. */
    private static String matter(ItemInFull item) {
        String title = item.title().replaceAll("[\"“”„‟«»＂]", " ").strip();
        return "title:\"" + title + "\"";
    }

    private static Subscription.Filters filters(SubscriptionRequest request) {
        return new Subscription.Filters(
                some("council", request.council()).stream()
                        .map(name -> CouncilId.of(name).value())
                        .distinct()
                        .toList(),
                some("committee", request.committee()).stream()
                        .map(MeetingId::committeeId)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList(),
                request.kind() == null
                        ? null
                        : DocumentKind.parse(request.kind())
                                .orElseThrow(() ->
                                        new WrongInputException(
                                                "kind", "expected agenda, minutes or other")),
                request.decided(),
                request.outcome() == null ? null : outcome(request.outcome()));
    }

    private static List<String> some(String name, @Nullable List<String> values) {
        if (values == null) {
            return List.of();
        }
        if (values.size() > MOST_FILTERS) {
            throw new WrongInputException(
                    name, "%d values, expected %d or fewer".formatted(values.size(), MOST_FILTERS));
        }
        return values.stream().filter(value -> !value.isBlank()).map(String::strip).toList();
    }

    private static Outcome outcome(String text) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.wireName().equalsIgnoreCase(text.strip())) {
                return outcome;
            }
        }
        throw new WrongInputException("outcome", "there is no outcome '" + text + "'");
    }

    /**
     * Takes a request. One by e-mail is asked for confirmation first, whether or not the address is
     * known; an address that was asked too often is not, and nobody is told.
     *
     * @param ipAddress of who asks
     * @throws WrongInputException naming what cannot be understood
     * @throws TooManyException if so many requests came from there
     */
    Subscription subscribe(SubscriptionRequest request, String ipAddress) {
        if (!limits.allowsRequest(ipAddress)) {
            throw new TooManyException();
        }
        Wanted wanted = wanted(request);
        Channel channel = channel(request);
        Cadence cadence =
                request.cadence() == null
                        ? Cadence.AT_ONCE
                        : Cadence.parse(request.cadence())
                                .orElseThrow(() ->
                                        new WrongInputException(
                                                "cadence", "expected at_once, daily or weekly"));
        Instant now = clock.instant();
        boolean byMail = channel.kind() == Kind.EMAIL;
        Subscription subscription =
                new Subscription(
                        SubscriptionId.random(),
                        wanted.query(),
                        wanted.filters(),
                        channel,
                        cadence,
                        zone(request.timeZone()).getId(),
                        byMail ? Subscription.State.UNCONFIRMED : Subscription.State.ACTIVE,
                        null,
                        now,
                        byMail ? null : now,
                        null,
                        contact(request));
        if (!byMail) {
            subscriptions.put(subscription);
        } else if (limits.allowsConfirmation(String.valueOf(channel.target()))) {
            subscriptions.put(subscription); // what asks the address follows from its state
        }
        return subscription;
    }

    /** Whom to tell if a webhook is disabled; asked first, as with e-mail. */
    private @Nullable Contact contact(SubscriptionRequest request) {
        if (request.contact() == null) {
            return null;
        }
        if (request.webhook() == null) {
            throw new WrongInputException("contact", "only a webhook has one");
        }
        if (!mails.isAvailable()) {
            throw new NoMailException();
        }
        String address = address("contact", request.contact());
        return new Contact(
                address,
                limits.allowsConfirmation(address)
                        ? Contact.Agreement.ASKED
                        : Contact.Agreement.UNASKED);
    }

    private ZoneId zone(@Nullable String text) {
        try {
            return text == null ? settings.timeZone() : ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new WrongInputException("timeZone", "expected a zone as Europe/London");
        }
    }

    private Channel channel(SubscriptionRequest request) {
        String email = request.email();
        String webhook = request.webhook();
        boolean feed = Boolean.TRUE.equals(request.feed());
        int channels = (email == null ? 0 : 1) + (webhook == null ? 0 : 1) + (feed ? 1 : 0);
        if (channels != 1) {
            throw new WrongInputException("email", "expected one of email, webhook and feed");
        }
        if (email != null) {
            if (!mails.isAvailable()) {
                throw new NoMailException();
            }
            return new Channel(Kind.EMAIL, address("email", email), null);
        }
        if (webhook != null) {
            if (webhook.length() > LONGEST_TARGET) {
                throw new WrongInputException("webhook", "the address is too long");
            }
            webhooks.objection(webhook)
                    .ifPresent(objection -> {
                        throw new WrongInputException("webhook", objection);
                    });
            return new Channel(Kind.WEBHOOK, webhook, Webhooks.newSecret());
        }
        return new Channel(Kind.FEED, null, null);
    }

    private static String address(String name, String text) {
        try {
            InternetAddress address = new InternetAddress(text, true);
            address.validate();
            if (address.getPersonal() == null
                    && address.getAddress().equals(text)
                    && text.contains("@")
                    && text.length() <= 254) {
                return text;
            }
        } catch (AddressException e) {
            // Said below.
        }
        throw new WrongInputException(name, "expected an address as name@example.org");
    }

    /** Starts what an e-mail asked about; nothing where it was started already. */
    void confirm(Subscription asked) {
        Contact contact = asked.contact();
        if (asked.state() == Subscription.State.UNCONFIRMED) {
            subscriptions.put(asked.activeFrom(clock.instant()));
        } else if (contact != null && !contact.agreed()) {
            subscriptions.put(
                    asked.withContact(new Contact(contact.email(), Contact.Agreement.AGREED)));
        }
    }

    /** Tells nobody any more if a webhook is disabled. */
    void forgetContact(Subscription subscription) {
        if (subscription.contact() != null) {
            subscriptions.put(subscription.withContact(null));
        }
    }

    /** Goes on after a pause, or after it was disabled: what came meanwhile is not sent. */
    Subscription resume(Subscription subscription) {
        Subscription active =
                subscription.state() == Subscription.State.ACTIVE
                                || subscription.state() == Subscription.State.UNCONFIRMED
                        ? subscription
                        : subscription.activeFrom(clock.instant());
        subscriptions.put(active);
        return active;
    }

    /** Holds it. */
    Subscription pause(Subscription subscription) {
        Subscription held =
                subscription.state() == Subscription.State.ACTIVE
                        ? subscription.in(Subscription.State.PAUSED, null, clock.instant())
                        : subscription;
        subscriptions.put(held);
        return held;
    }
}
