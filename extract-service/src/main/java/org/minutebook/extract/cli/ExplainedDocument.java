package org.minutebook.extract.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.segmentation.Reading;

/** What {@code segment --explain} prints of a document. */
record ExplainedDocument(String file, List<Explained> lines) {

    /** A line of the document with what it was taken for. */
    record Explained(
            String file,
            int page,
            String taken,
            @Nullable String number,
            int level,
            double points,
            String text,
            List<String> reasons) {}

    static ExplainedDocument of(String file, List<Reading> readings) {
        return new ExplainedDocument(
                file,
                readings.stream()
                        .map(reading ->
                                new Explained(
                                        file,
                                        reading.page(),
                                        reading.taken().name(),
                                        reading.number(),
                                        reading.level(),
                                        reading.points(),
                                        reading.text(),
                                        reading.reasons()))
                        .toList());
    }
}
