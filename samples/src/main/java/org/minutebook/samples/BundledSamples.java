package org.minutebook.samples;

import java.time.LocalDate;
import java.util.List;

/**
 * The documents that come with Minutebook: two months of Eldmarsh Borough Council and the parish
 * council next door, in which matters go from agenda to minutes and from a committee to the
 * council. People and places are made up.
 */
final class BundledSamples {

    /** The day that counts as today in the committed files. */
    static final LocalDate REFERENCE = LocalDate.of(2026, 11, 20);

    /** In the order in which they were published. */
    private static final List<String> NAMES =
            List.of(
                    "community-and-environment-1-minutes",
                    "planning-1-minutes",
                    "council-1-minutes",
                    "saltby-green-parish-1-minutes",
                    "planning-2-agenda",
                    "planning-2-minutes",
                    "community-and-environment-2-agenda",
                    "community-and-environment-2-minutes",
                    "council-2-agenda",
                    "council-2-minutes",
                    "planning-3-agenda",
                    "community-and-environment-3-agenda",
                    "saltby-green-parish-2-agenda");

    private BundledSamples() {}

    /** The documents as of a day. */
    static List<LabelledDocument> asOf(LocalDate reference) {
        PaperReader reader = new PaperReader(new Diary(reference));
        return NAMES.stream()
                .map(reader::read)
                .map(sample -> Typesetter.set(sample, reference))
                .toList();
    }
}
