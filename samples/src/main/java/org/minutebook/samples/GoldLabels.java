package org.minutebook.samples;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentKind;

/**
 * What a perfect reader would find in a document; the form in which segmentation is scored.
 *
 * @param file file name
 * @param kind agenda or minutes
 * @param council as printed
 * @param committee as printed; null for the council itself
 * @param meetingDate day of the meeting
 * @param items items in order
 */
public record GoldLabels(
        String file,
        DocumentKind kind,
        String council,
        @Nullable String committee,
        LocalDate meetingDate,
        List<Item> items) {

    public GoldLabels {
        items = List.copyOf(items);
    }

    /**
     * An item.
     *
     * @param number as printed without closing punctuation; null where there is none
     * @param title as printed, at most 120 characters
     * @param level 1 for a top entry, 2 for an entry under another
     * @param page page on which it starts, from 1
     * @param time "HH:MM" where one is printed as part of the entry
     * @param decisions first words of each decision
     * @param optional true where two readers would honestly differ; null elsewhere
     */
    public record Item(
            @Nullable String number,
            String title,
            int level,
            int page,
            @Nullable String time,
            List<String> decisions,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean optional) {

        /** Longest title that labels hold. */
        private static final int LONGEST_TITLE = 120;

        /** Enough of a decision to know it by. */
        private static final int FIRST_WORDS = 80;

        public Item {
            decisions = List.copyOf(decisions);
        }

        /**
         * The label of an entry.
         *
         * @param title as printed
         * @param page page on which it starts
         */
        static Item of(Paper.Entry entry, String title, int page) {
            return new Item(
                    entry.number(),
                    cut(title, LONGEST_TITLE),
                    entry.level(),
                    page,
                    entry.time(),
                    entry.blocks().stream()
                            .<String>mapMulti((block, sink) -> {
                                if (block instanceof Paper.Block.Decided decided) {
                                    decisions(decided).forEach(sink);
                                }
                            })
                            .map(text -> cut(text.replace("**", ""), FIRST_WORDS))
                            .toList(),
                    entry.optional() ? true : null);
        }

        private static List<String> decisions(Paper.Block.Decided decided) {
            if (decided.limbs().isEmpty()) {
                return List.of(decided.text());
            }
            List<String> limbs =
                    new ArrayList<>(
                            decided.limbs().stream().map(Paper.Block.Listed::text).toList());
            Paper.Block.Listed first = decided.limbs().getFirst();
            limbs.set(0, decided.text() + ' ' + first.marker() + ' ' + first.text());
            return limbs;
        }

        private static String cut(String text, int longest) {
            if (text.length() <= longest) {
                return text;
            }
            int space = text.lastIndexOf(' ', longest);
            return text.substring(0, space < 0 ? longest : space);
        }
    }
}
