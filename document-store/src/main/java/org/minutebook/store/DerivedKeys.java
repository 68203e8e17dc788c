package org.minutebook.store;

import java.util.regex.Pattern;

/** What a key of derived bytes may look like, so that none leads out of its place. */
final class DerivedKeys {

    private static final Pattern FORM = Pattern.compile("[\\w-][\\w.-]*(/[\\w-][\\w.-]*)*");

    private DerivedKeys() {}

    /**
     * The key, if it may be used.
     *
     * @throws IllegalArgumentException if not
     */
    static String checked(String key) {
        if (!FORM.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "key '"
                            + key
                            + "', expected segments of letters, digits, '-', '_' and '.', none beginning with a dot");
        }
        return key;
    }
}
