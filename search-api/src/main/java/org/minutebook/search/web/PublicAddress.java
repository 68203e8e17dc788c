package org.minutebook.search.web;

import org.minutebook.search.SearchSettings;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Whole addresses, for what leaves the site: feeds, exports, calendars, search engines. */
@Component
public class PublicAddress {

    private final SearchSettings settings;

    PublicAddress(SearchSettings settings) {
        this.settings = settings;
    }

    /** The whole address of a path, during a request. */
    public String of(String path) {
        String base =
                settings.publicAddress() == null
                        ? ServletUriComponentsBuilder.fromCurrentContextPath().toUriString()
                        : settings.publicAddress().toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }
}
