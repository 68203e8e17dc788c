package org.minutebook.ingest.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.ContentHash;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The keys there are: those that the settings name, which have all rights, and those that were made
 * since, kept hashed in the store, so that several instances know the same ones. A key that was
 * revoked elsewhere ends here within {@link #STALE_AFTER}.
 *
 * <p>Keys are rarely made or revoked; two instances that do so in the same moment may lose one of
 * the changes, which the list then shows.
 */
public class AccessKeys {

    /** Where they are kept in the store. */
    private static final String PLACE = "access/keys.json";

    private static final Duration STALE_AFTER = Duration.ofSeconds(5);

    /** Bytes of chance in a key: nobody guesses 192 bits. */
    private static final int KEY_BYTES = 24;

    private static final String PREFIX = "mb_";
    private static final Logger log = LoggerFactory.getLogger(AccessKeys.class);
    private static final TypeReference<List<AccessKey>> KEYS = new TypeReference<>() {};

    private final DocumentStore store;
    private final JsonMapper json;
    private final Clock clock;
    private final List<AccessKey> fromSettings;
    private final SecureRandom random = new SecureRandom();
    private volatile Known known = new Known(List.of(), Instant.MIN);

    private record Known(List<AccessKey> keys, Instant readAt) {}

    /**
     * Opens the keys, and makes the first one where there is none.
     *
     * @param hashes keys of the settings, {@code name:SHA-256}
     */
    public AccessKeys(
            DocumentStore store,
            JsonMapper json,
            Clock clock,
            AccessSettings settings,
            List<String> hashes) {
        this.store = store;
        this.json = json;
        this.clock = clock;
        this.fromSettings = hashes.stream().map(this::fromSettings).toList();
        if (fromSettings.isEmpty() && read().isEmpty()) {
            makeFirst(settings.firstKeyFile());
        }
    }

    private AccessKey fromSettings(String entry) {
        int colon = entry.indexOf(':');
        return new AccessKey(
                entry.substring(0, colon),
                new ContentHash(entry.substring(colon + 1)),
                EnumSet.allOf(Right.class),
                clock.instant(),
                null);
    }

    /**
     * Shown once, in the file or else on the console, and never in the log: logs are kept, copied
     * and read by many.
     */
    private void makeFirst(@Nullable Path file) {
        String key = make("first", EnumSet.allOf(Right.class), null).orElseThrow();
        if (file == null) {
            System.out.println("The first key, shown this once: " + key);
            return;
        }
        try {
            Files.deleteIfExists(file);
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, key + System.lineSeparator(), StandardOpenOption.WRITE);
        } catch (IOException e) {
            revoke("first"); // nobody knows it: the next start makes another
            throw new UncheckedIOException("the first key cannot be written to " + file, e);
        }
        log.info("Made the first key. It is in {}, and nowhere else", file);
    }

    /**
     * The key that a caller shows; empty where it is none, was revoked, or has ended.
     *
     * @throws StoreUnavailableException if the store does not answer and the key is not known
     */
    public Optional<AccessKey> find(String key) {
        return find(ContentHash.of(key.getBytes(StandardCharsets.UTF_8)));
    }

    /** The key with this hash, for who has shown it before. */
    public Optional<AccessKey> find(ContentHash hash) {
        byte[] shown = hash.hex().getBytes(StandardCharsets.US_ASCII);
        AccessKey found = null;
        for (AccessKey each : all()) {
            byte[] expected = each.hash().hex().getBytes(StandardCharsets.US_ASCII);
            if (MessageDigest.isEqual(expected, shown)) { // all of them, in constant time
                found = each;
            }
        }
        return Optional.ofNullable(found).filter(each -> each.isValidAt(clock.instant()));
    }

    /** All keys, also those that have ended. */
    public List<AccessKey> all() {
        Known current = known;
        if (current.readAt().plus(STALE_AFTER).isBefore(clock.instant())) {
            try {
                current = new Known(read(), clock.instant());
                known = current;
            } catch (StoreUnavailableException e) {
                if (current.readAt().equals(Instant.MIN)) {
                    throw e;
                }
                log.warn("The keys cannot be read anew, those known before count", e);
            }
        }
        return Stream.concat(fromSettings.stream(), current.keys().stream()).toList();
    }

    private List<AccessKey> read() {
        Optional<InputStream> kept = store.openDerived(PLACE);
        if (kept.isEmpty()) {
            return List.of();
        }
        try (InputStream bytes = kept.get()) {
            return json.readValue(bytes.readAllBytes(), KEYS);
        } catch (IOException e) {
            throw new StoreUnavailableException("The keys cannot be read", e);
        }
    }

    /**
     * Makes a key.
     *
     * @return the key itself, which nobody can tell again; empty where there is one of that name
     */
    public synchronized Optional<String> make(
            String name, Set<Right> rights, @Nullable Instant expiresAt) {
        List<AccessKey> keys = new ArrayList<>(read());
        if (Stream.concat(keys.stream(), fromSettings.stream())
                .anyMatch(key -> key.name().equals(name))) {
            return Optional.empty();
        }
        byte[] chance = new byte[KEY_BYTES];
        random.nextBytes(chance);
        String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(chance);
        keys.add(
                new AccessKey(
                        name,
                        ContentHash.of(key.getBytes(StandardCharsets.UTF_8)),
                        rights,
                        clock.instant(),
                        expiresAt));
        write(keys);
        return Optional.of(key);
    }

    /** Revokes a key for good; false where there is none of that name in the store. */
    public synchronized boolean revoke(String name) {
        List<AccessKey> keys = new ArrayList<>(read());
        boolean there = keys.removeIf(key -> key.name().equals(name));
        if (there) {
            write(keys);
        }
        return there;
    }

    private void write(List<AccessKey> keys) {
        store.putDerived(PLACE, json.writeValueAsBytes(keys));
        known = new Known(List.copyOf(keys), clock.instant());
    }
}
