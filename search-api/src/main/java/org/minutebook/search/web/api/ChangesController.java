package org.minutebook.search.web.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.search.WithSearch;
import org.minutebook.search.elasticsearch.ChangeLookup;
import org.minutebook.search.elasticsearch.ChangeLookup.Page;
import org.minutebook.search.elasticsearch.ChangeLookup.Place;
import org.minutebook.search.items.Change;
import org.minutebook.search.items.WrongInputException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Changes, for systems that keep a copy. Who follows {@code next} to its end and asks with the last
 * one later misses nothing; what was written again comes again.
 */
@WithSearch
@RestController
class ChangesController {

    private static final int SIZE = 500;
    private static final int LONGEST = 400;

    private final ChangeLookup lookup;

    ChangesController(ChangeLookup lookup) {
        this.lookup = lookup;
    }

    /**
     * Changes, oldest first.
     *
     * @param changes up to 500
     * @param next to be sent as {@code after}; as sent where there was nothing new; null before the
     *     first change
     * @param more whether there is more at once
     */
    record Changes(List<Change> changes, @Nullable String next, boolean more) {}

    @GetMapping("/api/v1/changes")
    Changes changes(@RequestParam(required = false) @Nullable String after) {
        Page page = lookup.after(after == null || after.isBlank() ? null : read(after), SIZE);
        Place next = page.next();
        return new Changes(page.changes(), next == null ? null : write(next), page.more());
    }

    private static String write(Place place) {
        String text = place.number() + " " + place.index();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Place read(String after) {
        try {
            if (after.length() > LONGEST) {
                throw wrong();
            }
            byte[] text = Base64.getUrlDecoder().decode(after.getBytes(StandardCharsets.UTF_8));
            String[] parts = new String(text, StandardCharsets.UTF_8).split(" ", -1);
            if (parts.length != 2) {
                throw wrong();
            }
            return new Place(parts[1], Long.parseLong(parts[0]));
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
    }

    private static WrongInputException wrong() {
        return new WrongInputException("after", "not a 'next' that this address returned");
    }
}
