package org.minutebook.extract.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.segmentation.Entry;
import org.minutebook.extract.segmentation.Segmentation;

/** What a heading says after the title is text of its item: else no search would find it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RunOnTest {

    private static final String MINUTES =
            """
            Harfield Parish Council

            Minutes of the meeting held on Tuesday 4 June 2024 in the village hall

            1. Apologies. Apologies were received from Councillor Brown (ill) and from
            Councillor Jones.

            2. Declarations of interest: None

            3. Planning – The plans for the old mill were seen and it was resolved to
            object to them.

            4. Matters arising

            The clerk had written to the county council about the potholes in Mill Lane.

            5. A report of the working party on the state of the footpaths, bridges, stiles and finger posts that the parish looks after with volunteers from the walking club

            6. Date of next meeting. Tuesday 2 July 2024.
            """;

    @Test
    void no_word_of_minutes_is_lost() {
        List<Entry> entries = Segmentation.cut(Sheet.a4(MINUTES)).entries();

        assertThat(entries)
                .extracting(entry -> entry.title() + " | " + text(entry))
                .containsExactly(
                        "Apologies | Apologies were received from Councillor Brown (ill) and from Councillor Jones.",
                        "Declarations of interest | None",
                        "Planning | The plans for the old mill were seen and it was resolved to object to them.",
                        "Matters arising | The clerk had written to the county council about the potholes in Mill Lane.",
                        "A report of the working party on the state of the footpaths, bridges, stiles and finger posts that the parish looks | after with volunteers from the walking club",
                        "Date of next meeting | Tuesday 2 July 2024.");
    }

    private static String text(Entry entry) {
        return entry.text().stream().map(Line::text).collect(Collectors.joining(" "));
    }
}
