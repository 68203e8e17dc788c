package org.minutebook.search.web.pages;

import org.minutebook.search.elasticsearch.ItemSearch;
import org.minutebook.search.elasticsearch.MeetingLookup;
import org.minutebook.search.items.Facets;
import org.minutebook.search.items.Filters;
import org.minutebook.search.items.ItemQuestion;
import org.minutebook.search.items.Order;
import org.minutebook.search.query.QueryParser;
import org.minutebook.search.web.PublicAddress;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.util.HtmlUtils;

/** What search engines are told: where the meetings are, and not to follow every filter. */
@Controller
class CrawlerPages {

    private final ItemSearch search;
    private final MeetingLookup meetings;
    private final QueryParser parser;
    private final PublicAddress publicAddress;

    CrawlerPages(
            ItemSearch search,
            MeetingLookup meetings,
            QueryParser parser,
            PublicAddress publicAddress) {
        this.search = search;
        this.meetings = meetings;
        this.parser = parser;
        this.publicAddress = publicAddress;
    }

    @GetMapping(path = "/robots.txt", produces = MediaType.TEXT_PLAIN_VALUE)
    @ResponseBody
    String robots() {
        return """
        User-agent: *
        Disallow: /search
        Disallow: /api/
        Sitemap: %s
        """
                .formatted(publicAddress.of("/sitemap.xml"));
    }

    /** Councils and their meetings; from there every item is a link away. */
    @GetMapping(path = "/sitemap.xml", produces = MediaType.APPLICATION_XML_VALUE)
    @ResponseBody
    String sitemap() {
        StringBuilder map = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        map.append("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        add(map, "/");
        Facets facets =
                search.search(
                                new ItemQuestion(
                                        parser.parse(""),
                                        Filters.NONE,
                                        Order.DATE,
                                        0,
                                        0,
                                        null,
                                        true))
                        .facets();
        if (facets != null) {
            for (Facets.Count council : facets.council()) {
                add(map, "/councils/" + council.value());
                meetings.meetings(council.value(), null).stream()
                        .flatMap(all -> all.meetings().stream())
                        .forEach(meeting -> add(map, "/meetings/" + meeting.id()));
            }
        }
        return map.append("</urlset>\n").toString();
    }

    private void add(StringBuilder map, String path) {
        map.append("<url><loc>")
                .append(HtmlUtils.htmlEscape(publicAddress.of(path)))
                .append("</loc></url>\n");
    }
}
