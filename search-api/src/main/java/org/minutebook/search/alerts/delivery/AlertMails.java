package org.minutebook.search.alerts.delivery;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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
import org.minutebook.search.alerts.subscriptions.SignedLinks;
import org.minutebook.search.alerts.subscriptions.SignedLinks.Purpose;
import org.minutebook.search.alerts.subscriptions.SiteAddress;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.MailParseException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
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
    private static final int LONGEST_QUERY = 60;
    private static final int PERMANENT_FAILURE = 500;

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK);

    private final ObjectProvider<JavaMailSender> sender;
    private final ITemplateEngine templates;
    private final SignedLinks links;
    private final SiteAddress site;
    private final AlertSettings settings;
    private final SearchSettings search;

    AlertMails(
            ObjectProvider<JavaMailSender> sender,
            ITemplateEngine templates,
            SignedLinks links,
            SiteAddress site,
            AlertSettings settings,
            SearchSettings search) {
        this.sender = sender;
        this.templates = templates;
        this.links = links;
        this.site = site;
        this.settings = settings;
        this.search = search;
    }

    /** Whether a mail server is set. */
    public boolean isAvailable() {
        return sender.getIfAvailable() != null;
    }

    /**
     * An item as an e-mail shows it.
     *
     * @param heading number and title
     * @param corrected whether its document corrects an earlier one
     * @param meeting council, committee and date
     * @param decisions what was decided
     * @param excerpts sentences with marks, as HTML
     * @param plainExcerpts the same as text, words in asterisks
     * @param place the page
     * @param link the item's page
     * @param file the document at the page
     */
    record Shown(
            String heading,
            boolean corrected,
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
                "You get this because you asked %s on %s to tell you of items that match %s."
                        .formatted(
                                search.siteName(),
                                DATE.format(
                                        subscription
                                                .createdAt()
                                                .atZone(ZoneId.of(subscription.timeZone()))),
                                quoted(subscription));
        String manage = links.link(Purpose.MANAGE, subscription.id());
        String unsubscribe = links.link(Purpose.UNSUBSCRIBE, subscription.id());

        Context context = new Context(Locale.UK);
        context.setVariable("site", search.siteName());
        context.setVariable("intro", intro(delivery));
        context.setVariable("items", items);
        context.setVariable("more", more);
        context.setVariable("why", why);
        context.setVariable("manage", manage);
        context.setVariable("unsubscribe", unsubscribe);
        String html = templates.process("mail/alert", context);

        StringBuilder text = new StringBuilder(intro(delivery)).append("\n\n");
        items.forEach(item -> text.append(plain(item)).append('\n'));
        if (more > 0) {
            text.append("… and ").append(more).append(" more.\n\n");
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

    /**
     * Asks an address whether it wants a subscription.
     *
     * @return whether the mail server took it
     */
    public boolean askForConfirmation(Subscription subscription, String found) {
        JavaMailSender available = sender.getIfAvailable();
        if (available == null) {
            return false;
        }
        String confirm = links.link(Purpose.CONFIRM, subscription.id());
        String days = Long.toString(Math.max(1, settings.confirmationTime().toDays()));
        Context context = new Context(Locale.UK);
        context.setVariable("site", search.siteName());
        context.setVariable("search", quoted(subscription));
        context.setVariable("found", found);
        context.setVariable("confirm", confirm);
        context.setVariable("days", days);
        String html = templates.process("mail/confirm", context);
        String text =
                """
                Somebody, probably you, asked %s to tell this address of agenda items that match %s.

                %s

                Start the alerts: %s

                The link works for %s days. If you did not ask for this, do nothing: no further e-mail comes.
                """
                        .formatted(search.siteName(), quoted(subscription), found, confirm, days);
        Attempt attempt =
                send(
                        available,
                        Objects.requireNonNull(subscription.channel().target()),
                        "<confirm-" + subscription.id() + "@" + site.host() + ">",
                        "Please confirm: alerts for " + quoted(subscription),
                        text,
                        html,
                        null);
        return attempt instanceof Attempt.Taken;
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
            MimeMessageHelper helper =
                    new MimeMessageHelper(
                            message,
                            MimeMessageHelper.MULTIPART_MODE_MIXED_RELATED,
                            StandardCharsets.UTF_8.name());
            helper.setFrom(settings.sender());
            helper.setTo(to);
            helper.setSubject(subject);
            helper.setText(text, html);
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

    private static String subject(Delivery delivery) {
        Subscription subscription = delivery.subscription();
        String name = quoted(subscription) + ": ";
        if (delivery.alerts().size() > 1 || delivery.alerts().isEmpty()) {
            return line(name + delivery.alerts().size() + " new items");
        }
        AlertMatched alert = delivery.alerts().getFirst();
        String corrected = alert.document().corrects() ? "Corrected: " : "";
        String meeting = meeting(alert);
        return line(
                name
                        + corrected
                        + alert.item().title()
                        + (meeting.isEmpty() ? "" : " – " + meeting));
    }

    /** On one line, and short enough for a list of e-mails. */
    private static String line(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_SUBJECT
                ? line
                : line.substring(0, LONGEST_SUBJECT - 1) + "…";
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
            return "every item of " + String.join(", ", subscription.filters().councils());
        }
        return "“"
                + (query.length() > LONGEST_QUERY ? query.substring(0, LONGEST_QUERY) + "…" : query)
                + "”";
    }

    private Shown shown(AlertMatched alert) {
        AlertMatched.MatchedItem item = alert.item();
        String number = item.number() == null ? "" : item.number() + ". ";
        return new Shown(
                number + item.title(),
                alert.document().corrects(),
                meeting(alert),
                item.decisions().stream().map(Decision::text).toList(),
                alert.excerpts().stream().map(AlertMails::html).toList(),
                alert.excerpts().stream().map(AlertMails::starred).toList(),
                item.page() == item.pageTo()
                        ? "page " + item.page()
                        : "pages " + item.page() + " to " + item.pageTo(),
                site.item(item.id()),
                site.file(alert.document().id(), item.page()));
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
        text.append(item.corrected() ? "CORRECTED: " : "").append(item.heading()).append('\n');
        if (!item.meeting().isEmpty()) {
            text.append(item.meeting()).append('\n');
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
