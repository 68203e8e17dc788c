package org.minutebook.search.web.feeds;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CouncilId;
import org.minutebook.search.SearchSettings;
import org.minutebook.search.WithSearch;
import org.minutebook.search.elasticsearch.IndexState;
import org.minutebook.search.elasticsearch.ItemSearch;
import org.minutebook.search.elasticsearch.Names;
import org.minutebook.search.elasticsearch.Names.Named;
import org.minutebook.search.items.Filters;
import org.minutebook.search.items.FoundItem;
import org.minutebook.search.items.FoundItem.InDocument;
import org.minutebook.search.items.ItemQuestion;
import org.minutebook.search.items.Order;
import org.minutebook.search.web.Addresses;
import org.minutebook.search.web.Freshness;
import org.minutebook.search.web.PublicAddress;
import org.minutebook.search.web.Questions;
import org.minutebook.search.web.SearchAddress;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.WebRequest;

/** The newest items of a search as an Atom feed. Source of the form: RFC 4287. */
@WithSearch
@Controller
class AtomController {

    private static final int SIZE = 50;
    private static final Duration KEEP = Duration.ofMinutes(10);
    private static final MediaType ATOM =
            new MediaType("application", "atom+xml", StandardCharsets.UTF_8);

    private final Questions questions;
    private final ItemSearch search;
    private final Addresses addresses;
    private final PublicAddress publicAddress;
    private final SearchSettings settings;
    private final Freshness freshness;
    private final IndexState index;
    private final Names names;

    AtomController(
            Questions questions,
            ItemSearch search,
            Addresses addresses,
            PublicAddress publicAddress,
            SearchSettings settings,
            Freshness freshness,
            IndexState index,
            Names names) {
        this.questions = questions;
        this.search = search;
        this.addresses = addresses;
        this.publicAddress = publicAddress;
        this.settings = settings;
        this.freshness = freshness;
        this.index = index;
        this.names = names;
    }

    @GetMapping("/feed.atom")
    @Nullable ResponseEntity<String> feed(
            @RequestParam MultiValueMap<String, String> parameters, WebRequest request)
            throws XMLStreamException {
        ItemQuestion asked = questions.read(parameters);
        if (freshness.isKnown(request, "atom " + asked)) {
            return null;
        }
        // Never the nearest instead of none: a feed is a kind of alert.
        List<FoundItem> items =
                search.newest(
                        new ItemQuestion(
                                asked.query(), asked.filters(), Order.DATE, SIZE, 0, null, false));
        return ResponseEntity.ok()
                .contentType(ATOM)
                .cacheControl(CacheControl.maxAge(KEEP).cachePublic())
                .body(
                        atom(
                                // Neither changes what is in the feed.
                                new SearchAddress(parameters).without("sort", "page"),
                                title(asked),
                                items,
                                index.now().changedAt()));
    }

    /** What it is of, as far as names say it. */
    private String title(ItemQuestion asked) {
        Filters filters = asked.filters();
        List<String> councils = filters.councils().stream().map(CouncilId::value).toList();
        List<String> said = new ArrayList<>();
        if (!asked.query().text().isBlank()) {
            said.add(asked.query().text());
        }
        said.addAll(named(Named.COMMITTEE, filters.committees()));
        said.addAll(named(Named.COUNCIL, councils));
        return said.isEmpty()
                ? settings.siteName()
                : settings.siteName() + ": " + String.join(", ", said);
    }

    private List<String> named(Named named, List<String> slugs) {
        if (slugs.isEmpty()) {
            return List.of();
        }
        Map<String, String> known = names.of(named, slugs);
        return slugs.stream().map(slug -> known.getOrDefault(slug, slug)).toList();
    }

    /**
     * The feed.
     *
     * @param changed when the index changed last, for what has no date of its own
     */
    private String atom(SearchAddress search, String title, List<FoundItem> items, Instant changed)
            throws XMLStreamException {
        String address = publicAddress.of(search.at("/feed.atom"));
        StringWriter text = new StringWriter();
        XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("feed");
        xml.writeDefaultNamespace("http://www.w3.org/2005/Atom");
        element(xml, "id", address);
        element(xml, "title", title);
        element(
                xml,
                "updated",
                items.stream()
                        .map(item -> item.document().meetingDate())
                        .filter(java.util.Objects::nonNull)
                        .findFirst()
                        .map(AtomController::instant)
                        .orElseGet(changed::toString));
        link(xml, "self", address, "application/atom+xml");
        link(xml, "alternate", publicAddress.of(search.at("/search")), "text/html");
        xml.writeStartElement("author");
        element(xml, "name", settings.siteName());
        xml.writeEndElement();
        for (FoundItem item : items) {
            entry(xml, item, changed);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        return text.toString();
    }

    private void entry(XMLStreamWriter xml, FoundItem item, Instant changed)
            throws XMLStreamException {
        InDocument document = item.document();
        String address = publicAddress.of(addresses.item(item.id()));
        xml.writeStartElement("entry");
        element(xml, "id", address);
        element(xml, "title", item.title());
        LocalDate date = document.meetingDate();
        element(xml, "updated", date == null ? changed.toString() : instant(date));
        link(xml, "alternate", address, "text/html");
        StringBuilder where = new StringBuilder();
        append(where, document.council());
        append(where, document.committee());
        append(where, date == null ? null : date.toString());
        append(where, item.number() == null ? null : "item " + item.number());
        element(xml, "summary", where.toString());
        if (!item.highlights().text().isEmpty()) {
            xml.writeStartElement("content");
            xml.writeAttribute("type", "html");
            xml.writeCharacters(
                    clean("<p>" + String.join(" … ", item.highlights().text()) + "</p>"));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String instant(LocalDate date) {
        return date.atStartOfDay().toInstant(ZoneOffset.UTC).toString();
    }

    private static void append(StringBuilder text, @Nullable String part) {
        if (part != null) {
            text.append(text.isEmpty() ? "" : ", ").append(part);
        }
    }

    private static void element(XMLStreamWriter xml, String name, String text)
            throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(clean(text));
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String relation, String address, String type)
            throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", relation);
        xml.writeAttribute("type", type);
        xml.writeAttribute("href", address);
    }

    /** Without what XML 1.0 cannot contain, not even escaped. */
    private static String clean(String text) {
        return text.replaceAll(
                "[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "");
    }
}
