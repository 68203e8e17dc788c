package org.minutebook.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Names a subscription. Random, so that nobody can count or guess them.
 *
 * @param value 32 lower-case hex digits
 */
public record SubscriptionId(@JsonValue String value) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SubscriptionId {
        if (!HexForm.of(value, 32)) {
            throw new IllegalArgumentException(
                    "'" + value + "', expected 32 lower-case hex digits");
        }
    }

    /** A new one. */
    public static SubscriptionId random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new SubscriptionId(HexFormat.of().formatHex(bytes));
    }

    /** Whether a text has the form of a subscription id. */
    public static boolean isValid(String text) {
        return HexForm.of(text, 32);
    }

    @Override
    public String toString() {
        return value;
    }
}
