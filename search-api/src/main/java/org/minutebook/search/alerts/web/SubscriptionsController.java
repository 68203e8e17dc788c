package org.minutebook.search.alerts.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AlertKey;
import org.minutebook.contracts.AlertSent;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.Subscription.Cadence;
import org.minutebook.contracts.Subscription.Channel.Kind;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.alerts.delivery.DailySweep;
import org.minutebook.search.alerts.delivery.DeliveryLog;
import org.minutebook.search.alerts.delivery.Webhooks;
import org.minutebook.search.alerts.subscriptions.Preview;
import org.minutebook.search.alerts.subscriptions.SignedLinks;
import org.minutebook.search.alerts.subscriptions.SignedLinks.Purpose;
import org.minutebook.search.alerts.subscriptions.Subscriptions;
import org.minutebook.search.items.NotThereException;
import org.minutebook.search.items.WrongInputException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /api/v1/subscriptions}: topic alerts for programs. Asking is for everybody; one
 * subscription is for who has its key, the token of its link for managing; all are for the
 * operator.
 */
@WithAlerts
@RestController
@RequestMapping("/api/v1/subscriptions")
class SubscriptionsController {

    private final Subscriptions subscriptions;
    private final Subscribing subscribing;
    private final Preview preview;
    private final SignedLinks links;
    private final DeliveryLog log;
    private final Webhooks webhooks;
    private final PersonalData personal;
    private final DailySweep sweep;
    private final Keys keys;
    private final JsonMapper json;

    SubscriptionsController(
            Subscriptions subscriptions,
            Subscribing subscribing,
            Preview preview,
            SignedLinks links,
            DeliveryLog log,
            Webhooks webhooks,
            PersonalData personal,
            DailySweep sweep,
            Keys keys,
            JsonMapper json) {
        this.subscriptions = subscriptions;
        this.subscribing = subscribing;
        this.preview = preview;
        this.links = links;
        this.log = log;
        this.webhooks = webhooks;
        this.personal = personal;
        this.sweep = sweep;
        this.keys = keys;
        this.json = json;
    }

    /**
     * What became of a request by e-mail: the same whether or not the address is known.
     *
     * @param state always {@code unconfirmed}
     * @param detail what happens next
     */
    record Asked(Subscription.State state, String detail) {}

    /**
     * A new subscription by webhook or feed.
     *
     * @param id names it
     * @param state whether it is active
     * @param key lets its owner change it, in {@code Authorization: Bearer}
     * @param manage page on which its owner changes it
     * @param secret signs calls of the webhook; shown only now
     * @param feed address of the private feed; that of a webhook says, too, if it is disabled
     */
    record Made(
            SubscriptionId id,
            Subscription.State state,
            String key,
            String manage,
            @Nullable String secret,
            String feed) {}

    /**
     * A subscription as it is shown.
     *
     * @param id names it
     * @param query as typed
     * @param filters what it is narrowed to
     * @param channel e-mail, webhook or feed
     * @param target where alerts go
     * @param cadence when
     * @param timeZone of the subscriber
     * @param state whether it is active
     * @param reason why it is not
     * @param createdAt when it was asked for
     * @param activeSince when it was confirmed
     * @param stateSince when it came into its state
     * @param contact who is told if a webhook is disabled
     */
    record Shown(
            SubscriptionId id,
            String query,
            Subscription.Filters filters,
            Kind channel,
            @Nullable String target,
            Cadence cadence,
            String timeZone,
            Subscription.State state,
            @Nullable String reason,
            Instant createdAt,
            @Nullable Instant activeSince,
            Instant stateSince,
            @Nullable ShownContact contact) {

        static Shown of(Subscription s) {
            return new Shown(
                    s.id(),
                    s.query(),
                    s.filters(),
                    s.channel().kind(),
                    s.channel().target(),
                    s.cadence(),
                    s.timeZone(),
                    s.state(),
                    s.reason(),
                    s.createdAt(),
                    s.activeSince(),
                    s.stateSince() == null ? s.createdAt() : s.stateSince(),
                    s.contact() == null
                            ? null
                            : new ShownContact(s.contact().email(), s.contact().agreed()));
        }
    }

    /**
     * Who is told if a webhook is disabled.
     *
     * @param email address
     * @param confirmed whether the address agreed; nothing is sent before
     */
    record ShownContact(String email, boolean confirmed) {}

    /** All subscriptions. */
    record Listed(int total, List<Shown> subscriptions) {}

    /** Deliveries, the newest first. */
    record Deliveries(List<Sent> deliveries) {}

    /**
     * A delivery.
     *
     * @param id its {@code webhook-id}, and part of its Message-ID
     * @param outcome how far it has come
     * @param alerts keys of what it tells
     * @param digest whether it gathers what came over a time
     * @param attempts how often it was tried
     * @param detail what went wrong last
     * @param nextAttempt when it is tried again
     * @param at when this was so
     */
    record Sent(
            String id,
            AlertSent.Outcome outcome,
            List<AlertKey> alerts,
            boolean digest,
            int attempts,
            @Nullable String detail,
            @Nullable Instant nextAttempt,
            Instant at) {}

    /** What came of a test. */
    record Tested(boolean taken, @Nullable String detail) {}

    /** How many deliveries are tried again. */
    record Replayed(int deliveries) {}

    /** How many items were missed, and are told late. */
    record Swept(int missed) {}

    /** How many subscriptions were taken in. */
    record Imported(int subscriptions) {}

    /** How many deliveries were taken in. */
    record LogImported(int deliveries) {}

    @PostMapping
    ResponseEntity<?> subscribe(@RequestBody SubscriptionRequest body, HttpServletRequest request) {
        Subscription made = subscribing.subscribe(body, request.getRemoteAddr());
        if (made.channel().kind() == Kind.EMAIL) {
            return ResponseEntity.accepted()
                    .body(
                            new Asked(
                                    Subscription.State.UNCONFIRMED,
                                    "An e-mail asks the address for confirmation. Alerts begin when the button on the page behind its link is pressed."));
        }
        return ResponseEntity.created(URI.create("/api/v1/subscriptions/" + made.id()))
                .body(
                        new Made(
                                made.id(),
                                made.state(),
                                links.token(Purpose.MANAGE, made.id()),
                                links.link(Purpose.MANAGE, made.id()),
                                made.channel().secret(),
                                links.link(Purpose.FEED, made.id())));
    }

    @PostMapping("/preview")
    Preview.Answer preview(@RequestBody SubscriptionRequest body) {
        Subscribing.Wanted wanted = subscribing.wanted(body);
        return preview.of(wanted.query(), wanted.filters());
    }

    /**
     * All subscriptions.
     *
     * @param email only those that tell this address
     */
    @GetMapping
    Listed list(
            @RequestParam(required = false) @Nullable String email, HttpServletRequest request) {
        keys.requireOperator(request);
        List<Shown> all = sorted(email).map(Shown::of).toList();
        return new Listed(all.size(), all);
    }

    private Stream<Subscription> sorted(@Nullable String email) {
        return (email == null
                        ? subscriptions.all().stream()
                        : Stream.concat(
                                subscriptions.to(email).stream(),
                                subscriptions.withContact(email).stream()))
                .sorted(Comparator.comparing(Subscription::createdAt));
    }

    /** All subscriptions as they are kept, with their secrets, one a line. */
    @GetMapping(path = "/export", produces = MediaType.APPLICATION_NDJSON_VALUE)
    String export(HttpServletRequest request) {
        keys.requireOperator(request);
        StringBuilder lines = new StringBuilder();
        sorted(null).forEach(s -> lines.append(json.writeValueAsString(s)).append('\n'));
        return lines.toString();
    }

    /** All that is kept about the person with an e-mail address. */
    @GetMapping(path = "/export", params = "email")
    PersonalData.Kept export(@RequestParam String email, HttpServletRequest request) {
        keys.requireOperator(request);
        return personal.of(email);
    }

    /** Erases all that is kept about the person with an e-mail address. */
    @DeleteMapping
    PersonalData.Erased erase(@RequestParam String email, HttpServletRequest request) {
        keys.requireOperator(request);
        return personal.erase(email);
    }

    /** Looks now, and not only once a day, for items that matching missed, and tells of them. */
    @PostMapping("/sweep")
    Swept sweep(HttpServletRequest request) throws InterruptedException {
        keys.requireOperator(request);
        try {
            return new Swept(sweep.sweep());
        } catch (ExecutionException | TimeoutException e) {
            throw new Subscriptions.AwayException("the sweep broke off", e);
        }
    }

    /** Takes in what was exported; one that is there already is replaced. */
    @PostMapping("/import")
    Imported takeIn(@RequestBody String lines, HttpServletRequest request) {
        keys.requireOperator(request);
        List<Subscription> all;
        try {
            all =
                    lines.lines()
                            .filter(line -> !line.isBlank())
                            .map(line -> json.readValue(line, Subscription.class))
                            .toList();
        } catch (JacksonException e) {
            throw new WrongInputException("body", "expected lines as they were exported");
        }
        all.forEach(subscriptions::put);
        return new Imported(all.size());
    }

    /**
     * What was told so far, each delivery as it is kept, one a line.
     *
     * @throws Subscriptions.AwayException if the broker does not say it, and nothing was sent yet
     * @throws IOException if something was: then the answer is broken off
     */
    @GetMapping("/log")
    void exportLog(HttpServletRequest request, HttpServletResponse response) throws IOException {
        keys.requireOperator(request);
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        // Over the stream of bytes: the writer would not let an error take its place.
        Writer lines =
                new BufferedWriter(
                        new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        try {
            log.all(sent -> {
                try {
                    lines.append(json.writeValueAsString(sent)).append('\n');
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (Subscriptions.AwayException e) {
            if (response.isCommitted()) {
                throw new IOException("the log is not all that there is", e);
            }
            response.resetBuffer();
            throw e;
        }
        lines.flush();
    }

    /**
     * Takes in what was told, as it was exported, so that it is not told again. To be done before
     * the subscriptions are taken in.
     */
    @PostMapping("/log")
    LogImported importLog(HttpServletRequest request) throws IOException {
        keys.requireOperator(request);
        List<AlertSent> all = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(request.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    all.add(json.readValue(line, AlertSent.class));
                }
            }
        } catch (JacksonException e) {
            throw new WrongInputException("body", "expected lines as they were exported");
        }
        return new LogImported(log.takeIn(all));
    }

    @GetMapping("/{id}")
    Shown show(@PathVariable String id, HttpServletRequest request) {
        return Shown.of(find(id, request));
    }

    @GetMapping("/{id}/deliveries")
    Deliveries deliveries(@PathVariable String id, HttpServletRequest request) {
        Subscription subscription = find(id, request);
        return new Deliveries(
                log.of(subscription.id()).stream()
                        .map(sent ->
                                new Sent(
                                        sent.delivery(),
                                        sent.outcome(),
                                        sent.keys(),
                                        sent.digest(),
                                        sent.attempts(),
                                        sent.detail(),
                                        sent.nextAttempt(),
                                        sent.at()))
                        .toList());
    }

    @PostMapping("/{id}/pause")
    Shown pause(@PathVariable String id, HttpServletRequest request) {
        return Shown.of(subscribing.pause(find(id, request)));
    }

    @PostMapping("/{id}/resume")
    Shown resume(@PathVariable String id, HttpServletRequest request) {
        return Shown.of(subscribing.resume(find(id, request)));
    }

    @PostMapping("/{id}/test")
    Tested test(@PathVariable String id, HttpServletRequest request) {
        Subscription subscription = find(id, request);
        if (subscription.channel().kind() != Kind.WEBHOOK) {
            throw new WrongInputException("id", "only a webhook can be tested");
        }
        String failure = webhooks.test(subscription);
        return new Tested(failure == null, failure);
    }

    @PostMapping("/{id}/replay")
    Replayed replay(@PathVariable String id, HttpServletRequest request) {
        return new Replayed(log.replay(find(id, request).id()));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> end(@PathVariable String id, HttpServletRequest request) {
        subscriptions.end(find(id, request).id());
        return ResponseEntity.status(HttpStatus.NO_CONTENT).build();
    }

    /** The subscription, for its owner or the operator; to others there is none. */
    private Subscription find(String id, HttpServletRequest request) {
        keys.requireOwner(request, id);
        if (!SubscriptionId.isValid(id)) {
            throw new NotThereException("There is no subscription '" + id + "'");
        }
        return subscriptions
                .find(new SubscriptionId(id))
                .orElseThrow(() -> new NotThereException("There is no subscription '" + id + "'"));
    }
}
