package org.minutebook.search.web.pages;

import java.util.List;
import org.minutebook.contracts.MeetingId;
import org.minutebook.search.elasticsearch.CouncilLookup;
import org.minutebook.search.items.NotThereException;
import org.minutebook.search.web.PublicAddress;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.util.HtmlUtils;

/** What search engines are told: where the meetings are, and not to follow every filter. */
@Controller
class CrawlerPages {

    private static final String NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9";

    private final CouncilLookup councils;
    private final PublicAddress publicAddress;

    CrawlerPages(CouncilLookup councils, PublicAddress publicAddress) {
        this.councils = councils;
        this.publicAddress = publicAddress;
    }

    @GetMapping(path = "/robots.txt", produces = MediaType.TEXT_PLAIN_VALUE)
    @ResponseBody
    String robots() {
        return """
        User-agent: *
        Disallow: /search
        Disallow: /api/
        Disallow: /subscriptions
        Sitemap: %s
        """
                .formatted(publicAddress.of("/sitemap.xml"));
    }

    /** A sitemap for each council, because one may name 50,000 addresses at most. */
    @GetMapping(path = "/sitemap.xml", produces = MediaType.APPLICATION_XML_VALUE)
    @ResponseBody
    String sitemaps() {
        StringBuilder map = begin("sitemapindex");
        for (String council : councils.councils()) {
            add(map, "sitemap", "/sitemaps/" + council + ".xml");
        }
        return map.append("</sitemapindex>\n").toString();
    }

    /** A council and its meetings; from there every item is a link away. */
    @GetMapping(path = "/sitemaps/{council}.xml", produces = MediaType.APPLICATION_XML_VALUE)
    @ResponseBody
    String sitemap(@PathVariable String council) {
        List<MeetingId> meetings = councils.meetingsOf(council);
        if (meetings.isEmpty()) {
            throw new NotThereException("There is no council '" + council + "'");
        }
        StringBuilder map = begin("urlset");
        add(map, "url", "/councils/" + council);
        meetings.forEach(meeting -> add(map, "url", "/meetings/" + meeting));
        return map.append("</urlset>\n").toString();
    }

    private static StringBuilder begin(String element) {
        return new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append("<%s xmlns=\"%s\">\n".formatted(element, NAMESPACE));
    }

    private void add(StringBuilder map, String element, String path) {
        map.append(
                "<%1$s><loc>%2$s</loc></%1$s>\n"
                        .formatted(element, HtmlUtils.htmlEscape(publicAddress.of(path))));
    }
}
