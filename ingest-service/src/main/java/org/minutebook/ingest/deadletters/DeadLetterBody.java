package org.minutebook.ingest.deadletters;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter whole.
 *
 * @param letter as in the list
 * @param headers all its headers, the stack trace among them
 * @param text its value where that is UTF-8 text; else null
 * @param base64 its value where that is no text; else null
 */
public record DeadLetterBody(
        DeadLetter letter,
        Map<String, String> headers,
        @Nullable String text,
        @Nullable String base64) {}
