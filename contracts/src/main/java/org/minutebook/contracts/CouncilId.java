package org.minutebook.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names a council: the words that tell it from others, as a slug. "City Council of the City of
 * Mountain View", "Mountain View City Council" and "City of Mountain View" are all {@code
 * mountain-view}.
 *
 * @param value lower-case letters, digits and hyphens
 */
public record CouncilId(@JsonValue String value) {

    /** Words that councils share. A name of nothing else keeps all its words. */
    private static final Set<String> SHARED_WORDS =
            Set.of(
                    "the",
                    "of",
                    "and",
                    "a",
                    "city",
                    "council",
                    "town",
                    "parish",
                    "township",
                    "borough",
                    "county",
                    "district",
                    "community",
                    "board",
                    "trustees",
                    "committee",
                    "meeting",
                    "corporation",
                    "municipality",
                    "metropolitan",
                    "royal",
                    "village");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CouncilId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("blank council id, expected a slug");
        }
    }

    /**
     * The id of the council with this name. A name without a letter or digit is the council {@code
     * unknown}.
     */
    public static CouncilId of(String name) {
        String folded = Folding.fold(name);
        String telling =
                Arrays.stream(folded.split(" "))
                        .filter(word -> !SHARED_WORDS.contains(word))
                        .collect(Collectors.joining("-"));
        if (!telling.isEmpty()) {
            return new CouncilId(telling);
        }
        return new CouncilId(folded.isEmpty() ? "unknown" : folded.replace(' ', '-'));
    }

    @Override
    public String toString() {
        return value;
    }
}
