package org.minutebook.search.web.pages;

import org.jspecify.annotations.Nullable;
import org.minutebook.search.SearchSettings;
import org.minutebook.search.pictures.MarkedPart;
import org.minutebook.search.pictures.PictureSettings;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** What every page shows, asked by the templates as {@code site}. */
@Component
public class Site {

    private final SearchSettings settings;
    private final Stylesheet stylesheet;
    private final PictureSettings pictures;
    private final boolean alerts;

    Site(
            SearchSettings settings,
            Stylesheet stylesheet,
            PictureSettings pictures,
            @Value("${minutebook.alerts.enabled:true}") boolean alerts) {
        this.settings = settings;
        this.stylesheet = stylesheet;
        this.pictures = pictures;
        this.alerts = alerts;
    }

    /** Whether people can be told of new items. */
    public boolean alerts() {
        return alerts;
    }

    /** Whether items show a picture of where they stand. */
    public boolean pictures() {
        return pictures.enabled();
    }

    /** Width of such a picture, so that nothing moves when it comes. */
    public int pictureWidth() {
        return MarkedPart.WIDTH;
    }

    /** Its height. */
    public int pictureHeight() {
        return MarkedPart.HEIGHT;
    }

    /** Name of the site. */
    public String name() {
        return settings.siteName();
    }

    /** Address of the stylesheet. */
    public String stylesheet() {
        return stylesheet.path();
    }

    /** E-mail address of the operator; null where none is set. */
    public @Nullable String contact() {
        return settings.contact();
    }

    /** Opens a letter to the operator about a page; null where no address is set. */
    public @Nullable String report(String address) {
        String contact = settings.contact();
        return contact == null
                ? null
                : UriComponentsBuilder.fromUriString("mailto:" + contact)
                        .queryParam("subject", "{subject}")
                        .queryParam("body", "{body}")
                        .encode()
                        .buildAndExpand("Wrong item", address)
                        .toUriString();
    }
}
