package org.minutebook.search.alerts.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.Subscription.Channel.Kind;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.search.SearchSettings;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.alerts.delivery.AlertMails;
import org.minutebook.search.alerts.delivery.DeliveryLog;
import org.minutebook.search.alerts.subscriptions.Preview;
import org.minutebook.search.alerts.subscriptions.SignedLinks;
import org.minutebook.search.alerts.subscriptions.SignedLinks.Purpose;
import org.minutebook.search.alerts.subscriptions.Subscriptions;
import org.minutebook.search.items.SearchAwayException;
import org.minutebook.search.items.WrongInputException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pages on which people ask for alerts, confirm, change and end them. Opening a link changes
 * nothing, since programs open links too; its button does.
 */
@WithAlerts
@Controller
@RequestMapping("/subscriptions")
class SubscriptionPages {

    private final Subscriptions subscriptions;
    private final Subscribing subscribing;
    private final Preview preview;
    private final SignedLinks links;
    private final AlertMails mails;
    private final PrivateFeed feed;
    private final PersonalData personal;
    private final DeliveryLog log;
    private final SearchSettings settings;
    private final JsonMapper json;

    SubscriptionPages(
            Subscriptions subscriptions,
            Subscribing subscribing,
            Preview preview,
            SignedLinks links,
            AlertMails mails,
            PrivateFeed feed,
            PersonalData personal,
            DeliveryLog log,
            SearchSettings settings,
            JsonMapper json) {
        this.subscriptions = subscriptions;
        this.subscribing = subscribing;
        this.preview = preview;
        this.links = links;
        this.mails = mails;
        this.feed = feed;
        this.personal = personal;
        this.log = log;
        this.settings = settings;
        this.json = json;
    }

    /** A link that is not ours, not valid any more, or of a subscription that has ended. */
    private static final class NoSuchLinkException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @GetMapping("/new")
    ModelAndView form(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String item,
            @RequestParam(required = false) @Nullable List<String> council,
            @RequestParam(required = false) @Nullable List<String> committee,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable Boolean decided,
            @RequestParam(required = false) @Nullable String outcome) {
        return form(
                new SubscriptionRequest(
                        q, item, council, committee, kind, decided, outcome, null, null, null, null,
                        null, null),
                null);
    }

    private ModelAndView form(SubscriptionRequest request, @Nullable String wrong) {
        ModelAndView page =
                page("alerts/new", wrong == null ? HttpStatus.OK : HttpStatus.BAD_REQUEST);
        page.addObject("asked", request);
        page.addObject("mail", mails.isAvailable());
        page.addObject("wrong", wrong);
        page.addObject("zones", zones());
        page.addObject(
                "zone",
                request.timeZone() == null ? settings.timeZone().getId() : request.timeZone());
        if (wrong == null && says(request)) {
            try {
                Subscribing.Wanted wanted = subscribing.wanted(request);
                page.addObject("wanted", wanted);
                page.addObject("preview", preview.of(wanted.query(), wanted.filters()));
            } catch (WrongInputException e) {
                page.addObject("wrong", e.getMessage());
                page.setStatus(HttpStatus.BAD_REQUEST);
            } catch (SearchAwayException e) {
                page.addObject("preview", null); // it can be asked for without
            }
        }
        return page;
    }

    /** Zones by place, as Europe/London; not those that only old programs know. */
    private static List<String> zones() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(zone ->
                        zone.matches(
                                "(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*"))
                .sorted()
                .toList();
    }

    private static boolean says(SubscriptionRequest request) {
        return (request.query() != null && !request.query().isBlank())
                || request.item() != null
                || (request.council() != null && !request.council().isEmpty());
    }

    @PostMapping
    ModelAndView subscribe(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String item,
            @RequestParam(required = false) @Nullable List<String> council,
            @RequestParam(required = false) @Nullable List<String> committee,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable Boolean decided,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam String channel,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String contact,
            @RequestParam(required = false) @Nullable String cadence,
            @RequestParam(required = false) @Nullable String timeZone,
            @RequestParam(required = false) @Nullable String look,
            HttpServletRequest request) {
        SubscriptionRequest asked =
                new SubscriptionRequest(
                        q,
                        item,
                        council,
                        committee,
                        kind,
                        decided,
                        outcome,
                        channel.equals("email") ? target : null,
                        channel.equals("webhook") ? target : null,
                        channel.equals("webhook") ? contact : null,
                        channel.equals("feed"),
                        cadence,
                        timeZone);
        if (look != null) {
            return form(asked, null); // only what it would tell
        }
        try {
            Subscription made = subscribing.subscribe(asked, request.getRemoteAddr());
            ModelAndView page = page("alerts/asked", HttpStatus.OK);
            page.addObject("channel", made.channel().kind().wireName());
            if (made.channel().kind() != Kind.EMAIL) {
                page.addObject("secret", made.channel().secret());
                page.addObject("contact", made.contact() == null ? null : made.contact().email());
                page.addObject("manage", links.link(Purpose.MANAGE, made.id()));
                page.addObject("feedAddress", links.link(Purpose.FEED, made.id()));
            }
            return page;
        } catch (WrongInputException e) {
            return form(asked, e.getMessage());
        } catch (Subscribing.TooManyException e) {
            return message(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "Too many requests",
                    "So many alerts were asked for from your address. Try again later.");
        } catch (Subscribing.NoMailException e) {
            return form(asked, "This site sends no e-mail.");
        }
    }

    @GetMapping("/confirm")
    ModelAndView askToConfirm(@RequestParam String token) {
        Subscription subscription = findAsked(token);
        return button(
                "alerts/confirm",
                token,
                subscription,
                preview.sentence(subscription.query(), subscription.filters()));
    }

    @PostMapping("/confirm")
    ModelAndView confirm(@RequestParam String token) {
        Subscription subscription = findAsked(token);
        subscribing.confirm(subscription);
        ModelAndView page =
                subscription.contact() == null
                        ? message(
                                HttpStatus.OK,
                                "Your alerts have begun",
                                "You will be told of new items that match. Every e-mail has a link that ends this.")
                        : message(
                                HttpStatus.OK,
                                "You will be told",
                                "An e-mail comes if the webhook is stopped because nothing could be delivered.");
        page.addObject("link", links.link(Purpose.MANAGE, subscription.id()));
        page.addObject("linkText", "Change or end your alerts");
        return page;
    }

    @GetMapping("/unsubscribe")
    ModelAndView askToUnsubscribe(@RequestParam String token) {
        return button("alerts/unsubscribe", token, find(Purpose.UNSUBSCRIBE, token), null);
    }

    /** Also what a mail program sends by itself, RFC 8058. Doing it again is harmless. */
    @PostMapping("/unsubscribe")
    ModelAndView unsubscribe(@RequestParam String token) {
        SubscriptionId id =
                links.read(Purpose.UNSUBSCRIBE, token).orElseThrow(NoSuchLinkException::new);
        if (subscriptions.find(id).isPresent()) {
            subscriptions.end(id);
        }
        return message(
                HttpStatus.OK,
                "This alert has ended",
                "Nothing more is sent for this search, and it is forgotten here.");
    }

    @GetMapping("/manage")
    ModelAndView manage(@RequestParam String token) {
        Subscription subscription = find(Purpose.MANAGE, token);
        ModelAndView page = page("alerts/manage", HttpStatus.OK);
        page.addObject("token", token);
        page.addObject(
                "all",
                ofTheSame(subscription).stream()
                        .sorted(Comparator.comparing(Subscription::createdAt))
                        .toList());
        page.addObject("target", subscription.channel().target());
        return page;
    }

    @PostMapping("/manage")
    ModelAndView change(
            @RequestParam String token,
            @RequestParam String action,
            @RequestParam(required = false) @Nullable String subscription) {
        List<Subscription> all = ofTheSame(find(Purpose.MANAGE, token));
        if (action.equals("end-all")) {
            endAll(all);
            return message(
                    HttpStatus.OK,
                    "All your alerts have ended",
                    "Nothing more is sent, and everything about your address is forgotten here.");
        }
        Subscription chosen =
                all.stream()
                        .filter(each -> each.id().value().equals(subscription))
                        .findFirst()
                        .orElseThrow(NoSuchLinkException::new);
        switch (action) {
            case "end" -> {
                subscriptions.end(chosen.id());
                if (all.size() == 1) {
                    return message(
                            HttpStatus.OK,
                            "This alert has ended",
                            "Nothing more is sent for this search, and it is forgotten here.");
                }
            }
            case "pause" -> subscribing.pause(chosen);
            case "replay" -> log.replay(chosen.id());
            case "forget-contact" -> subscribing.forgetContact(chosen);
            case "resume" -> subscribing.resume(chosen);
            default -> throw new NoSuchLinkException();
        }
        Subscription left =
                all.stream()
                        .filter(each -> subscriptions.find(each.id()).isPresent())
                        .findFirst()
                        .orElseThrow(NoSuchLinkException::new);
        return new ModelAndView(
                "redirect:/subscriptions/manage?token=" + links.token(Purpose.MANAGE, left.id()));
    }

    /** Everything that is kept about the address, as a file. */
    @GetMapping("/export")
    ResponseEntity<String> export(@RequestParam String token) {
        Subscription one = find(Purpose.MANAGE, token);
        PersonalData.Kept all = email(one).map(personal::of).orElseGet(() -> personal.of(one));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"minutebook-alerts.json\"")
                .body(json.writerWithDefaultPrettyPrinter().writeValueAsString(all));
    }

    @GetMapping("/feed.atom")
    ResponseEntity<byte[]> feed(@RequestParam String token) {
        Subscription subscription = find(Purpose.FEED, token);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/atom+xml;charset=UTF-8"))
                .header(HttpHeaders.CACHE_CONTROL, "private, max-age=300")
                .body(feed.of(subscription, preview.newest(subscription, PrivateFeed.MOST)));
    }

    /** One that an e-mail asked about, with an address that is to agree. */
    private Subscription findAsked(String token) {
        Subscription subscription = find(Purpose.CONFIRM, token);
        if (subscription.channel().kind() != Kind.EMAIL && subscription.contact() == null) {
            throw new NoSuchLinkException();
        }
        return subscription;
    }

    private void endAll(List<Subscription> all) {
        for (Subscription each : all) {
            email(each).ifPresentOrElse(personal::erase, () -> subscriptions.end(each.id()));
        }
    }

    private Subscription find(Purpose purpose, String token) {
        Optional<Subscription> found = links.read(purpose, token).flatMap(subscriptions::find);
        return found.orElseThrow(NoSuchLinkException::new);
    }

    /** With an e-mail address everything of the address, else the one. */
    private List<Subscription> ofTheSame(Subscription subscription) {
        return email(subscription).map(subscriptions::to).orElseGet(() -> List.of(subscription));
    }

    private static Optional<String> email(Subscription subscription) {
        return subscription.channel().kind() == Kind.EMAIL
                ? Optional.ofNullable(subscription.channel().target())
                : Optional.empty();
    }

    private static ModelAndView button(
            String name, String token, Subscription subscription, @Nullable String found) {
        ModelAndView page = page(name, HttpStatus.OK);
        page.addObject("token", token);
        page.addObject("subscription", subscription);
        page.addObject("found", found);
        return page;
    }

    private static ModelAndView page(String name, HttpStatus status) {
        ModelAndView page = new ModelAndView(name);
        page.setStatus(status);
        page.addObject("noindex", true);
        return page;
    }

    private static ModelAndView message(HttpStatus status, String heading, String text) {
        ModelAndView page = page("alerts/message", status);
        page.addObject("heading", heading);
        page.addObject("text", text);
        return page;
    }

    @ExceptionHandler
    ModelAndView noSuchLink(NoSuchLinkException e) {
        return message(
                HttpStatus.NOT_FOUND,
                "This link does not work any more",
                "It is too old, not complete, or the alert has ended already.");
    }

    @ExceptionHandler({Subscriptions.AwayException.class, SearchAwayException.class})
    ModelAndView away(RuntimeException e) {
        return message(
                HttpStatus.SERVICE_UNAVAILABLE,
                "Not available now",
                "Alerts are not available now. Try again in a few seconds.");
    }
}
