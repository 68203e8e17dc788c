package org.minutebook.search.web.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.search.WithSearch;
import org.minutebook.search.elasticsearch.ChangeLookup;
import org.minutebook.search.elasticsearch.ChangeLookup.Placed;
import org.minutebook.search.items.Change;
import org.minutebook.search.items.WrongInputException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Changes, for systems that keep a copy. Who follows {@code next} to its end and asks with the last
 * one later misses nothing; what was written again comes again.
 */
@WithSearch
@RestController
class ChangesController {

    private static final int SIZE = 500;
    private static final int VALUES = 3;
    private static final int LONGEST = 400;

    private final ChangeLookup lookup;
    private final JsonMapper json;

    ChangesController(ChangeLookup lookup, JsonMapper json) {
        this.lookup = lookup;
        this.json = json;
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
        List<Object> from = after == null || after.isBlank() ? null : place(after);
        List<Placed> found = lookup.after(from, SIZE);
        return new Changes(
                found.stream().map(Placed::change).toList(),
                found.isEmpty() ? (from == null ? null : after) : write(found.getLast().place()),
                found.size() == SIZE);
    }

    private String write(List<Object> place) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.writeValueAsBytes(place));
    }

    private List<Object> place(String after) {
        try {
            if (after.length() > LONGEST) {
                throw wrong();
            }
            byte[] written = Base64.getUrlDecoder().decode(after.getBytes(StandardCharsets.UTF_8));
            Object[] values = json.readValue(written, Object[].class);
            if (values == null
                    || values.length != VALUES
                    || !(values[0] instanceof Number)
                    || !(values[1] instanceof String)
                    || !(values[2] instanceof Number)) {
                throw wrong();
            }
            return List.of(values);
        } catch (JacksonException | IllegalArgumentException e) {
            throw wrong();
        }
    }

    private static WrongInputException wrong() {
        return new WrongInputException("after", "not a 'next' that this address returned");
    }
}
