package org.minutebook.ingest.web;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.Metadata;
import org.minutebook.ingest.web.Problems.BadRequestException;

/**
 * Fields as people and scripts write them; blank means not said.
 *
 * @param values value of a field, null where it is absent
 */
record Fields(Function<String, @Nullable String> values) {

    private static final Pattern BATCH = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** A field without white space around it; null where nothing is said. */
    @Nullable String text(String name) {
        String text = values.apply(name);
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Council, committee and so on. */
    Metadata metadata() {
        return new Metadata(
                text("council"),
                text("committee"),
                kind(),
                date("meetingDate"),
                text("title"),
                text("sourceUrl"));
    }

    /** Id of a batch. */
    @Nullable String batch() {
        String batch = text("batch");
        if (batch != null && !BATCH.matcher(batch).matches()) {
            throw new BadRequestException(
                    "batch '%s', expected at most 64 letters, digits, '.', '_' and '-'"
                            .formatted(batch));
        }
        return batch;
    }

    private @Nullable DocumentKind kind() {
        String text = text("kind");
        return text == null
                ? null
                : DocumentKind.parse(text)
                        .orElseThrow(() ->
                                new BadRequestException(
                                        "kind '%s', expected agenda, minutes or other"
                                                .formatted(text)));
    }

    private @Nullable LocalDate date(String name) {
        String text = text(name);
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new BadRequestException(
                    "%s '%s', expected a date as 2026-03-31".formatted(name, text));
        }
    }
}
