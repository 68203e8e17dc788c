package org.minutebook.ingest.web;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.MeetingId;
import org.minutebook.ingest.RegistryEntry;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Where the items of a document can be looked at on the public pages. */
@Component
class ItemLinks {

    private final @Nullable URI search;

    ItemLinks(PageSettings settings) {
        search = settings.searchAddress();
    }

    /** The page of its meeting, which lists them; null where they cannot be looked at. */
    @Nullable String of(RegistryEntry entry) {
        if (search == null || entry.state() != DocumentState.INDEXED || entry.items() == null) {
            return null;
        }
        MeetingId meeting =
                MeetingId.of(
                        entry.read() == null ? entry.given() : entry.given().orElse(entry.read()));
        return meeting == null
                ? null
                : UriComponentsBuilder.fromUri(search)
                        .path("/meetings/" + meeting)
                        .encode()
                        .toUriString();
    }
}
