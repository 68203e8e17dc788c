package org.minutebook.search.alerts.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.IndexEntry.IndexedDocument;
import org.minutebook.contracts.Subscription;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.alerts.subscriptions.SignedLinks;
import org.minutebook.search.alerts.subscriptions.SignedLinks.Purpose;
import org.minutebook.search.alerts.subscriptions.SiteAddress;
import org.springframework.stereotype.Component;

/**
 * A subscription as an Atom feed (RFC 4287): what it finds that was uploaded last, and that it was
 * disabled.
 */
@WithAlerts
@Component
class PrivateFeed {

    /** Items in the feed. */
    static final int MOST = 50;

    private static final String ATOM = "http://www.w3.org/2005/Atom";

    private final SiteAddress site;
    private final SignedLinks links;

    PrivateFeed(SiteAddress site, SignedLinks links) {
        this.site = site;
        this.links = links;
    }

    byte[] of(Subscription subscription, List<IndexEntry> items) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newFactory()
                            .createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            xml.writeStartElement("feed");
            xml.writeDefaultNamespace(ATOM);
            text(xml, "id", "urn:minutebook:subscription:" + subscription.id());
            text(xml, "title", "Alerts: " + subscription.query());
            text(
                    xml,
                    "updated",
                    Stream.concat(
                                    items.stream().map(entry -> entry.document().uploadedAt()),
                                    Stream.ofNullable(subscription.stateSince()))
                            .max(Instant::compareTo)
                            .orElse(subscription.createdAt())
                            .toString());
            link(xml, "self", links.link(Purpose.FEED, subscription.id()));
            xml.writeStartElement("author");
            text(xml, "name", "Minutebook");
            xml.writeEndElement();
            if (subscription.state() == Subscription.State.DISABLED) {
                notice(xml, subscription);
            }
            for (IndexEntry entry : items) {
                entry(xml, entry);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e); // there is nothing that could fail but memory
        }
        return bytes.toByteArray();
    }

    private void notice(XMLStreamWriter xml, Subscription subscription) throws XMLStreamException {
        Instant since =
                Objects.requireNonNullElse(subscription.stateSince(), subscription.createdAt());
        xml.writeStartElement("entry");
        text(
                xml,
                "id",
                "urn:minutebook:subscription:"
                        + subscription.id()
                        + ":disabled:"
                        + since.getEpochSecond());
        text(xml, "title", "Stopped: the webhook of this search is not called any more");
        text(xml, "updated", since.toString());
        // Not its page: who may read the feed may not change the subscription.
        link(xml, "alternate", site.of("/"));
        text(xml, "summary", String.valueOf(subscription.reason()));
        xml.writeEndElement();
    }

    private void entry(XMLStreamWriter xml, IndexEntry entry) throws XMLStreamException {
        AgendaItem item = Objects.requireNonNull(entry.item());
        IndexedDocument document = entry.document();
        xml.writeStartElement("entry");
        text(xml, "id", "urn:minutebook:item:" + item.id());
        text(xml, "title", item.title());
        text(xml, "updated", document.uploadedAt().toString());
        link(xml, "alternate", site.item(item.id()));
        String meeting =
                Stream.of(
                                document.council(),
                                document.committee(),
                                document.meetingDate() == null
                                        ? null
                                        : document.meetingDate().toString())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(", "));
        String decided =
                item.decisions().stream()
                        .map(Decision::text)
                        .map(text -> "\nDecided: " + text)
                        .collect(Collectors.joining());
        text(xml, "summary", meeting + decided);
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String relation, String address)
            throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", relation);
        xml.writeAttribute("href", address);
    }

    private static void text(XMLStreamWriter xml, String name, String value)
            throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(value.replaceAll("[\\p{Cntrl}&&[^\n\t]]", " "));
        xml.writeEndElement();
    }
}
