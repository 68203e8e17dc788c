package org.minutebook.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A manifest that cannot be followed, with every line that is wrong. */
public final class ManifestException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    ManifestException(List<Problem> problems) {
        super(problems.getFirst().toString());
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    /**
     * What is wrong at one place.
     *
     * @param line of the file, from 1; the heading is line 1
     * @param column heading of the column; null where the whole line is meant
     * @param message what is there and what was expected
     */
    public record Problem(long line, @Nullable String column, String message) {
        @Override
        public String toString() {
            return column == null
                    ? "line %d: %s".formatted(line, message)
                    : "line %d, column %s: %s".formatted(line, column, message);
        }
    }
}
