package org.minutebook.ingest.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.ingest.access.AccessKey;
import org.minutebook.ingest.access.AccessKeys;
import org.minutebook.ingest.access.Right;
import org.minutebook.ingest.web.Problems.BadRequestException;
import org.minutebook.ingest.web.Problems.NameTakenException;
import org.minutebook.ingest.web.Problems.NotThereException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/keys}: make, list and revoke keys. */
@RestController
@RequestMapping("/api/v1/keys")
class KeysController {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@-]{0,99}");

    private final AccessKeys keys;

    KeysController(AccessKeys keys) {
        this.keys = keys;
    }

    /**
     * A key as it is listed.
     *
     * @param name who has it
     * @param rights what it allows
     * @param createdAt when it was made
     * @param expiresAt when it ends; null for never
     */
    record ListedKey(
            String name, Set<Right> rights, Instant createdAt, @Nullable Instant expiresAt) {
        static ListedKey of(AccessKey key) {
            return new ListedKey(key.name(), key.rights(), key.createdAt(), key.expiresAt());
        }
    }

    /** All keys. */
    record KeyList(List<ListedKey> keys) {}

    /**
     * What a new key is to be.
     *
     * @param name who will have it
     * @param rights what it allows, {@code upload}, {@code manage}, {@code keys}; upload where none
     *     is named
     * @param expiresAt when it ends, as {@code 2027-01-31T00:00:00Z}; never where it is absent
     */
    record KeyWish(
            @Nullable String name, @Nullable List<String> rights, @Nullable String expiresAt) {}

    /**
     * A new key.
     *
     * @param name who has it
     * @param key the key itself: nobody can tell it again
     */
    record NewKey(String name, String key) {}

    @GetMapping
    KeyList list() {
        return new KeyList(keys.all().stream().map(ListedKey::of).toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    NewKey make(@RequestBody KeyWish wish, HttpServletRequest request) {
        String name = wish.name() == null ? "" : wish.name().strip();
        if (!NAME.matcher(name).matches()) {
            throw new BadRequestException(
                    "name '%s', expected up to 100 letters, digits and ' ._@-'".formatted(name));
        }
        request.setAttribute(KeyFilter.ABOUT, name);
        return keys.make(name, rights(wish), expiry(wish))
                .map(key -> new NewKey(name, key))
                .orElseThrow(NameTakenException::new);
    }

    private static Set<Right> rights(KeyWish wish) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (String text : wish.rights() == null ? List.of("upload") : wish.rights()) {
            rights.add(
                    Right.parse(text)
                            .orElseThrow(() ->
                                    new BadRequestException(
                                            "right '%s', expected upload, manage or keys"
                                                    .formatted(text))));
        }
        return rights;
    }

    private static @Nullable Instant expiry(KeyWish wish) {
        try {
            return wish.expiresAt() == null ? null : Instant.parse(wish.expiresAt());
        } catch (DateTimeParseException e) {
            throw new BadRequestException(
                    "expiresAt '%s', expected a time as 2027-01-31T00:00:00Z"
                            .formatted(wish.expiresAt()));
        }
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable String name) {
        if (!keys.revoke(name)) {
            throw new NotThereException();
        }
    }
}
