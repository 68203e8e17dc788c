package org.minutebook.search.alerts.delivery;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AlertMatched;
import org.minutebook.contracts.AlertMatched.Excerpt;
import org.minutebook.contracts.AlertMatched.Mark;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.Subscription;
import org.minutebook.search.SearchSettings;
import org.minutebook.search.alerts.AlertSettings;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.alerts.subscriptions.Preview;
import org.minutebook.search.alerts.subscriptions.SignedLinks;
import org.minutebook.search.alerts.subscriptions.SignedLinks.Purpose;
import org.minutebook.search.alerts.subscriptions.SiteAddress;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.MailParseException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * Writes e-mails, each in text and in HTML, with no picture and nothing that tells who reads them.
 */
@WithAlerts
@Component
public class AlertMails {

    /** Most items written out in one e-mail; more are counted and linked to. */
    private static final int MOST_ITEMS = 50;

    private static final int LONGEST_SUBJECT = 150;
    private static final int SHORTEST_TITLE = 40;
    private static final int LONGEST_QUERY = 60;
    private static final int PERMANENT_FAILURE = 500;

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm VV", Locale.UK);

    private final ObjectProvider<JavaMailSender> sender;
    private final ITemplateEngine templates;
    private final SignedLinks links;
    private final SiteAddress site;
    private final Preview preview;
    private final AlertSettings settings;
    private final SearchSettings search;
    private final Clock clock;

    AlertMails(
            ObjectProvider<JavaMailSender> sender,
            ITemplateEngine templates,
            SignedLinks links,
            SiteAddress site,
            Preview preview,
            AlertSettings settings,
            SearchSettings search,
            Clock clock) {
        this.sender = sender;
        this.templates = templates;
        this.links = links;
        this.site = site;
        this.preview = preview;
        this.settings = settings;
        this.search = search;
        this.clock = clock;
    }

    /** Whether a mail server is set. */
    public boolean isAvailable() {
        return sender.getIfAvailable() != null;
    }

    /**
     * An item as an e-mail shows it.
     *
     * @param title as printed
     * @param note that its document corrects an earlier one, or that it comes late; null else
     * @param meeting council, committee and date
     * @param decisions what was decided
     * @param excerpts sentences with marks, as HTML
     * @param plainExcerpts the same as text, words in asterisks
     * @param place number and page
     * @param link the item's page
     * @param file the document at the page
     */
    record Shown(
            String title,
            @Nullable String note,
            String meeting,
            List<String> decisions,
            List<String> excerpts,
            List<String> plainExcerpts,
            String place,
            String link,
            String file) {}

    /** Sends alerts. */
    Attempt deliver(Delivery delivery) {
        JavaMailSender available = sender.getIfAvailable();
        if (available == null) {
            return new Attempt.Later("no mail server is set");
        }
        Subscription subscription = delivery.subscription();
        List<Shown> items = delivery.alerts().stream().limit(MOST_ITEMS).map(this::shown).toList();
        int more = delivery.alerts().size() - items.size();
        String why =
                "You get this because you asked %s on %s to tell you of %s."
                        .formatted(
                                search.siteName(),
                                DATE.format(
                                        subscription
                                                .createdAt()
                                                .atZone(ZoneId.of(subscription.timeZone()))),
                                items(subscription));
        String manage = links.link(Purpose.MANAGE, subscription.id());
        String unsubscribe = links.link(Purpose.UNSUBSCRIBE, subscription.id());

        Context context = new Context(Locale.UK);
        context.setVariable("site", search.siteName());
        context.setVariable("intro", intro(delivery));
        context.setVariable("items", items);
        context.setVariable("more", more);
        context.setVariable("search", searchLink(subscription));
        context.setVariable("why", why);
        context.setVariable("manage", manage);
        context.setVariable("unsubscribe", unsubscribe);
        String html = templates.process("mail/alert", context);

        StringBuilder text = new StringBuilder(intro(delivery)).append("\n\n");
        items.forEach(item -> text.append(plain(item)).append('\n'));
        if (more > 0) {
            text.append("… and ")
                    .append(more)
                    .append(" more: ")
                    .append(searchLink(subscription))
                    .append("\n\n");
        }
        text.append("-- \n")
                .append(why)
                .append("\n\nChange or end it: ")
                .append(manage)
                .append("\nUnsubscribe: ")
                .append(unsubscribe)
                .append('\n');
        return send(
                available,
                Objects.requireNonNull(subscription.channel().target()),
                "<" + delivery.id() + "@" + site.host() + ">",
                subject(delivery),
                text.toString(),
                html,
                unsubscribe);
    }

    /** Sends a letter about a subscription. */
    Attempt write(Letter letter) {
        JavaMailSender available = sender.getIfAvailable();
        if (available == null) {
            return new Attempt.Later("no mail server is set");
        }
        Subscription subscription = letter.subscription();
        Context context = new Context(Locale.UK);
        context.setVariable("site", search.siteName());
        context.setVariable("items", items(subscription));
        return switch (letter.kind()) {
            case CONFIRM -> {
                String found = preview.sentence(subscription.query(), subscription.filters());
                String confirm = links.link(Purpose.CONFIRM, subscription.id());
                context.setVariable("found", found);
                context.setVariable("confirm", confirm);
                context.setVariable("days", confirmationDays());
                yield send(
                        available,
                        letter,
                        "Please confirm: tell me of " + items(subscription),
                        """
                        Somebody, probably you, asked %s to tell this address of %s.

                        %s

                        Start the alerts: %s

                        The link works for %s days. If you did not ask for this, do nothing: no further e-mail comes.
                        """
                                .formatted(
                                        search.siteName(),
                                        items(subscription),
                                        found,
                                        confirm,
                                        confirmationDays()),
                        templates.process("mail/confirm", context));
            }
            case CONTACT -> {
                String confirm = links.link(Purpose.CONFIRM, subscription.id());
                context.setVariable("host", host(subscription));
                context.setVariable("confirm", confirm);
                context.setVariable("days", confirmationDays());
                yield send(
                        available,
                        letter,
                        "Please confirm: tell me if the webhook at %s is stopped"
                                .formatted(host(subscription)),
                        """
                        Somebody, probably you, asked %s to call a webhook at %s for %s, and to tell this address if the calls are stopped because none can be delivered.

                        Agree: %s

                        The link works for %s days. If you did not ask for this, do nothing: no further e-mail comes.
                        """
                                .formatted(
                                        search.siteName(),
                                        host(subscription),
                                        items(subscription),
                                        confirm,
                                        confirmationDays()),
                        templates.process("mail/contact", context));
            }
            case NOTICE -> {
                String manage = links.link(Purpose.MANAGE, subscription.id());
                String since =
                        MOMENT.format(letter.since().atZone(ZoneId.of(subscription.timeZone())));
                String reason = String.valueOf(subscription.reason());
                context.setVariable("host", host(subscription));
                context.setVariable("since", since);
                context.setVariable("reason", reason);
                context.setVariable("manage", manage);
                yield send(
                        available,
                        letter,
                        "Stopped: the webhook at %s for %s"
                                .formatted(host(subscription), quoted(subscription)),
                        """
                        %s does not call the webhook at %s any more. It told of %s.

                        Stopped since: %s
                        Why: %s

                        Nothing is looked for until you let it go on. Then what failed can be sent again: %s

                        You get this because this address agreed to be told. The page behind the link ends that, too.
                        """
                                .formatted(
                                        search.siteName(),
                                        host(subscription),
                                        items(subscription),
                                        since,
                                        reason,
                                        manage),
                        templates.process("mail/notice", context));
            }
        };
    }

    private String confirmationDays() {
        return Long.toString(Math.max(1, settings.confirmationTime().toDays()));
    }

    /** A webhook's host: its whole address may hold a secret. */
    private static String host(Subscription subscription) {
        return String.valueOf(
                URI.create(String.valueOf(subscription.channel().target())).getHost());
    }

    private Attempt send(
            JavaMailSender available, Letter letter, String subject, String text, String html) {
        return send(
                available,
                letter.address(),
                "<" + letter.id() + "@" + site.host() + ">",
                line("", subject, ""),
                text,
                html,
                null);
    }

    private Attempt send(
            JavaMailSender available,
            String to,
            String messageId,
            String subject,
            String text,
            String html,
            @Nullable String unsubscribe) {
        try {
            MimeMessage message = available.createMimeMessage();
            message.setFrom(new InternetAddress(settings.sender()));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
            message.setSubject(subject, StandardCharsets.UTF_8.name());
            message.setSentDate(Date.from(clock.instant()));
            MimeBodyPart plain = new MimeBodyPart();
            plain.setText(text, StandardCharsets.UTF_8.name());
            MimeBodyPart rich = new MimeBodyPart();
            rich.setText(html, StandardCharsets.UTF_8.name(), "html");
            // Nothing but the two: a mail program shows the last one that it can.
            message.setContent(new MimeMultipart("alternative", plain, rich));
            message.setHeader("Message-ID", messageId);
            message.setHeader("Auto-Submitted", "auto-generated");
            if (unsubscribe != null) {
                // RFC 8058: a POST to it, with nothing else, ends the subscription.
                message.setHeader("List-Unsubscribe", "<" + unsubscribe + ">");
                message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
            }
            available.send(message);
            return new Attempt.Taken();
        } catch (MessagingException | MailParseException e) {
            return new Attempt.Never("the e-mail cannot be written to this address", false);
        } catch (MailException e) {
            return failure(e);
        }
    }

    private static Attempt failure(MailException e) {
        Stream<Throwable> causes =
                e instanceof MailSendException failed
                        ? Stream.concat(
                                Stream.of(failed.getMessageExceptions()),
                                Stream.ofNullable(e.getCause()))
                        : Stream.ofNullable(e.getCause());
        int code = causes.mapToInt(AlertMails::replyCode).max().orElse(0);
        return code >= PERMANENT_FAILURE
                ? new Attempt.Never("the mail server refuses it with " + code, false)
                : new Attempt.Later(
                        code == 0
                                ? "the mail server does not answer"
                                : "the mail server says " + code);
    }

    /** The mail server's reply; 0 where there was none. */
    private static int replyCode(Throwable failure) {
        int code =
                switch (failure) {
                    case SMTPAddressFailedException refused -> refused.getReturnCode();
                    case SMTPSendFailedException refused -> refused.getReturnCode();
                    default -> 0;
                };
        Exception next = failure instanceof MessagingException m ? m.getNextException() : null;
        return next == null ? code : Math.max(code, replyCode(next));
    }

    /**
     * The search and the item, so that it makes sense alone: in a list, or months later. Of several
     * items the first is named, since "3 new items" is the same every week.
     */
    private static String subject(Delivery delivery) {
        String name = quoted(delivery.subscription()) + ": ";
        if (delivery.alerts().isEmpty()) {
            return line(name, "", "");
        }
        AlertMatched first = delivery.alerts().getFirst();
        int others = delivery.alerts().size() - 1;
        if (others > 0) {
            return line(name, first.item().title(), " and " + others + " more");
        }
        String corrected = first.document().corrects() ? "Corrected: " : "";
        String meeting = meeting(first);
        return line(
                name + corrected, first.item().title(), meeting.isEmpty() ? "" : " – " + meeting);
    }

    /** On one line, and short enough for a list of e-mails; the title gives way. */
    private static String line(String before, String title, String after) {
        int room = Math.max(SHORTEST_TITLE, LONGEST_SUBJECT - before.length() - after.length());
        String shown = title.length() <= room ? title : title.substring(0, room - 1).strip() + "…";
        return (before + shown + after).replaceAll("\\s+", " ").strip();
    }

    private static String intro(Delivery delivery) {
        int count = delivery.alerts().size();
        String items = count == 1 ? "A new item matches " : count + " new items match ";
        return items
                + quoted(delivery.subscription())
                + (delivery.digest()
                                && delivery.subscription().cadence() == Subscription.Cadence.AT_ONCE
                        ? ". So many came within an hour that they come together."
                        : ".");
    }

    /** The search as a person names it. */
    static String quoted(Subscription subscription) {
        String query = subscription.query().replaceAll("\\s+", " ").strip();
        if (query.isEmpty()) {
            return "every item" + places(subscription);
        }
        return "“"
                + (query.length() > LONGEST_QUERY ? query.substring(0, LONGEST_QUERY) + "…" : query)
                + "”";
    }

    /** What is told of, in a sentence: with all that it is narrowed to. */
    static String items(Subscription subscription) {
        Subscription.Filters filters = subscription.filters();
        StringBuilder items = new StringBuilder();
        if (subscription.query().isBlank()) {
            items.append("every item");
        } else {
            items.append("items that match ").append(quoted(subscription));
        }
        items.append(places(subscription));
        if (filters.kind() != null) {
            items.append(", of ").append(filters.kind().wireName()).append(" only");
        }
        if (filters.outcome() != null) {
            items.append(", when something is ").append(filters.outcome().wireName());
        } else if (filters.decided() != null) {
            items.append(
                    filters.decided()
                            ? ", when something is decided"
                            : ", while nothing is decided");
        }
        return items.toString();
    }

    private static String places(Subscription subscription) {
        Subscription.Filters filters = subscription.filters();
        return (filters.committees().isEmpty() ? "" : " of " + names(filters.committees()))
                + (filters.councils().isEmpty() ? "" : " in " + names(filters.councils()));
    }

    /** Ids as names: {@code planning-committee} as Planning Committee. */
    private static String names(List<String> ids) {
        return ids.stream()
                .map(id ->
                        Stream.of(id.split("-"))
                                .filter(word -> !word.isEmpty())
                                .map(word ->
                                        word.substring(0, 1).toUpperCase(Locale.ROOT)
                                                + word.substring(1))
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" or "));
    }

    /** The search itself, with all that it is narrowed to. */
    private String searchLink(Subscription subscription) {
        Subscription.Filters filters = subscription.filters();
        StringBuilder link =
                new StringBuilder("/search?sort=date&q=").append(encoded(subscription.query()));
        filters.councils().forEach(id -> link.append("&council=").append(encoded(id)));
        filters.committees().forEach(id -> link.append("&committee=").append(encoded(id)));
        if (filters.kind() != null) {
            link.append("&kind=").append(filters.kind().wireName());
        }
        if (filters.decided() != null) {
            link.append("&decided=").append(filters.decided());
        }
        if (filters.outcome() != null) {
            link.append("&outcome=").append(filters.outcome().wireName());
        }
        return site.of(link.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Shown shown(AlertMatched alert) {
        AlertMatched.MatchedItem item = alert.item();
        String pages =
                item.page() == item.pageTo()
                        ? "page " + item.page()
                        : "pages " + item.page() + " to " + item.pageTo();
        List<Excerpt> excerpts = notShownYet(alert);
        return new Shown(
                item.title(),
                note(alert),
                meeting(alert),
                item.decisions().stream().map(Decision::text).toList(),
                excerpts.stream().map(AlertMails::html).toList(),
                excerpts.stream().map(AlertMails::starred).toList(),
                item.number() == null
                        ? pages.substring(0, 1).toUpperCase(Locale.ROOT) + pages.substring(1)
                        : "Item " + item.number() + ", " + pages,
                site.item(item.id()),
                site.file(alert.document().id(), item.page()));
    }

    /**
     * Sentences that do not stand there already as title or decision; all, if there is no other.
     */
    private static List<Excerpt> notShownYet(AlertMatched alert) {
        AlertMatched.MatchedItem item = alert.item();
        List<Excerpt> others =
                alert.excerpts().stream()
                        .filter(excerpt -> !excerpt.text().equals(item.title()))
                        .filter(excerpt ->
                                item.decisions().stream()
                                        .noneMatch(d -> d.text().contains(excerpt.text())))
                        .toList();
        return others.isEmpty() ? alert.excerpts() : others;
    }

    private static @Nullable String note(AlertMatched alert) {
        if (alert.document().corrects()) {
            return "Corrected";
        }
        return alert.late() ? "Late: it was missed when it came in" : null;
    }

    private static String meeting(AlertMatched alert) {
        AlertMatched.InDocument document = alert.document();
        List<String> parts = new ArrayList<>();
        Stream.of(document.council(), document.committee())
                .filter(Objects::nonNull)
                .forEach(parts::add);
        if (document.meetingDate() != null) {
            parts.add(DATE.format(document.meetingDate()));
        }
        return String.join(", ", parts);
    }

    private static String plain(Shown item) {
        StringBuilder text = new StringBuilder();
        text.append(item.title()).append('\n');
        if (!item.meeting().isEmpty()) {
            text.append(item.meeting()).append('\n');
        }
        if (item.note() != null) {
            text.append(item.note()).append('\n');
        }
        item.decisions()
                .forEach(decision -> text.append("Decided: ").append(decision).append('\n'));
        item.plainExcerpts().forEach(excerpt -> text.append("> ").append(excerpt).append('\n'));
        return text.append(item.place()).append(": ").append(item.link()).append('\n').toString();
    }

    private static String html(Excerpt excerpt) {
        return marked(excerpt, "<mark>", "</mark>", HtmlUtils::htmlEscape);
    }

    private static String starred(Excerpt excerpt) {
        return marked(excerpt, "*", "*", text -> text);
    }

    private static String marked(
            Excerpt excerpt,
            String begin,
            String end,
            java.util.function.UnaryOperator<String> written) {
        StringBuilder marked = new StringBuilder();
        int at = 0;
        for (Mark mark : excerpt.marks()) {
            marked.append(written.apply(excerpt.text().substring(at, mark.from())))
                    .append(begin)
                    .append(written.apply(excerpt.text().substring(mark.from(), mark.to())))
                    .append(end);
            at = mark.to();
        }
        return marked.append(written.apply(excerpt.text().substring(at))).toString();
    }
}
