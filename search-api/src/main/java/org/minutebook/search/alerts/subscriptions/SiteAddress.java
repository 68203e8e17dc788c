package org.minutebook.search.alerts.subscriptions;

import java.net.URI;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.ItemId;
import org.minutebook.search.SearchSettings;
import org.minutebook.search.alerts.AlertSettings;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.web.Addresses;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where people reach the pages, for links that leave the site. */
@WithAlerts
@Component
public class SiteAddress {

    private final AlertSettings settings;
    private final SearchSettings search;
    private final Addresses addresses;
    private final Environment environment;

    SiteAddress(
            AlertSettings settings,
            SearchSettings search,
            Addresses addresses,
            Environment environment) {
        this.settings = settings;
        this.search = search;
        this.addresses = addresses;
        this.environment = environment;
    }

    /** The whole address of a path that begins with a slash. */
    public String of(String path) {
        String base = base().toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }

    /** An item's page. */
    public String item(ItemId id) {
        return of(addresses.item(id));
    }

    /** The original, opened at a page. */
    public String file(DocumentId id, int page) {
        return of(addresses.file(id, page));
    }

    /** Name of the host, for Message-IDs. */
    public String host() {
        String host = base().getHost();
        return host == null ? "localhost" : host;
    }

    private URI base() {
        if (settings.baseUrl() != null) {
            return settings.baseUrl();
        }
        if (search.publicAddress() != null) {
            return search.publicAddress();
        }
        String address = environment.getProperty("server.address", "localhost");
        // Known once the server listens, also where the port is any free one.
        String port =
                environment.getProperty(
                        "local.server.port", environment.getProperty("server.port", "8600"));
        return URI.create("http://" + address + ":" + port);
    }
}
