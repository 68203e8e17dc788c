package org.minutebook.ingest.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.ContentHash;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.StoreUnavailableException;
import org.springframework.stereotype.Component;

/**
 * Proofs that somebody showed a key: each names the key's hash and when it ends, and is signed, so
 * that nobody can make one. Nothing is remembered of whom one was given to: every instance takes
 * every one, also after a restart. The secret that signs them lies in the store, so that all have
 * the same; without it, they end.
 */
@Component
public class SignIns {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern PROOF =
            Pattern.compile("([0-9a-f]{64})\\.([0-9]{1,12})\\.([A-Za-z0-9_-]{43})");

    /** Where the secret is kept in the store. */
    private static final String PLACE = "access/sign-in-secret";

    private static final int SECRET_BYTES = 32;

    /** A day's work. */
    private static final Duration VALID = Duration.ofHours(8);

    private final DocumentStore store;
    private final AccessKeys keys;
    private final Clock clock;
    private volatile @Nullable SecretKeySpec known;

    SignIns(DocumentStore store, AccessKeys keys, Clock clock) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * A proof for who has just shown this key.
     *
     * @throws StoreUnavailableException if the store does not answer and the secret is not known
     */
    public String proof(ContentHash key) {
        long until = clock.instant().plus(VALID).getEpochSecond();
        SecretKeySpec secret = kept().orElseGet(this::made);
        return key.hex() + "." + until + "." + signature(secret, key.hex(), until);
    }

    /**
     * The key that a proof is for; empty where the proof is not ours or is over, or where the key
     * does not count any more.
     *
     * @throws StoreUnavailableException if the store does not answer and secret or key is not known
     */
    public Optional<AccessKey> find(String proof) {
        Matcher parts = PROOF.matcher(proof);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Optional<SecretKeySpec> secret = kept();
        if (secret.isEmpty()) {
            return Optional.empty(); // nothing was ever signed
        }
        long until = Long.parseLong(parts.group(2));
        byte[] expected =
                signature(secret.get(), parts.group(1), until).getBytes(StandardCharsets.US_ASCII);
        boolean ours =
                MessageDigest.isEqual(expected, parts.group(3).getBytes(StandardCharsets.US_ASCII));
        return ours && clock.instant().isBefore(Instant.ofEpochSecond(until))
                ? keys.find(new ContentHash(parts.group(1)))
                : Optional.empty();
    }

    private static String signature(SecretKeySpec secret, String key, long until) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            byte[] signed =
                    mac.doFinal(
                            ("sign-in:" + key + ":" + until).getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    private Optional<SecretKeySpec> kept() {
        SecretKeySpec secret = known;
        if (secret == null) {
            try (@Nullable InputStream kept = store.openDerived(PLACE).orElse(null)) {
                if (kept == null) {
                    return Optional.empty();
                }
                secret = new SecretKeySpec(kept.readAllBytes(), ALGORITHM);
            } catch (IOException e) {
                throw new StoreUnavailableException("The secret of sign-ins cannot be read", e);
            }
            known = secret;
        }
        return Optional.of(secret);
    }

    /** Of several instances that make one at once, all take the one that was first. */
    private SecretKeySpec made() {
        byte[] chance = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(chance);
        store.putDerivedIfAbsent(PLACE, chance);
        return kept().orElseThrow(() ->
                new StoreUnavailableException(
                        "The secret of sign-ins is not there yet",
                        new NoSuchElementException(PLACE)));
    }
}
