package org.minutebook.ingest.web;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CouncilId;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.Metadata;
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

    /** The search that shows them; null where they cannot be looked at. */
    @Nullable String of(RegistryEntry entry) {
        Metadata said = entry.read() == null ? entry.given() : entry.given().orElse(entry.read());
        if (search == null
                || entry.state() != DocumentState.INDEXED
                || entry.items() == null
                || said.council() == null
                || said.meetingDate() == null) {
            return null;
        }
        return UriComponentsBuilder.fromUri(search)
                .path("/search")
                .queryParam("council", CouncilId.of(said.council()))
                .queryParam("from", said.meetingDate())
                .queryParam("to", said.meetingDate())
                .encode()
                .toUriString();
    }
}
