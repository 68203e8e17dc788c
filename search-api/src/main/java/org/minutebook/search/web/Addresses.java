package org.minutebook.search.web;

import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.MeetingId;
import org.springframework.stereotype.Component;

/**
 * Addresses of pages and files, relative to the site; the templates ask it as {@code addresses}.
 */
@Component
public class Addresses {

    /** An item's page; it lasts. */
    public String item(ItemId id) {
        return "/items/" + id;
    }

    /** The picture of the part of its first page that an item stands on. */
    public String picture(ItemId id) {
        return "/api/v1/items/" + id + "/picture";
    }

    /** A meeting's page; null for no meeting. */
    public @Nullable String meeting(@Nullable MeetingId id) {
        return id == null ? null : "/meetings/" + id;
    }

    /** A council's page; null for no council. */
    public @Nullable String council(@Nullable String councilId) {
        return councilId == null ? null : "/councils/" + councilId;
    }

    /** A committee's page; null for none. */
    public @Nullable String committee(@Nullable String councilId, @Nullable String committeeId) {
        return councilId == null || committeeId == null
                ? null
                : "/councils/" + councilId + "/" + committeeId;
    }

    /** The original. */
    public String file(DocumentId id) {
        return "/api/v1/documents/" + id + "/file";
    }

    /** The original, opened at a page. Source of the fragment: RFC 8118, "page". */
    public String file(DocumentId id, int page) {
        return file(id) + "#page=" + page;
    }
}
