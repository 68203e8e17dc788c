package org.minutebook.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a document's bytes: what "the same document" means everywhere.
 *
 * @param hex 64 lower-case hex digits
 */
public record ContentHash(@JsonValue String hex) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ContentHash {
        if (!HexForm.of(hex, 64)) {
            throw new IllegalArgumentException("'" + hex + "', expected 64 lower-case hex digits");
        }
    }

    /** The hash of bytes that are at hand. */
    public static ContentHash of(byte[] bytes) {
        return ofDigest(newDigest().digest(bytes));
    }

    /** A finished SHA-256 digest as a hash. */
    public static ContentHash ofDigest(byte[] digest) {
        return new ContentHash(HexFormat.of().formatHex(digest));
    }

    /** A fresh SHA-256 digest, for bytes that stream by. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
