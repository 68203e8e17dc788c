package org.minutebook.extract.metadata;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Attendance;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.Metadata;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.Page;
import org.minutebook.extract.segmentation.Entry;
import org.minutebook.extract.segmentation.Segmented;

/** Reads what a document says of itself and of its items. */
public final class MetadataReading {

    /** Lines after the date on which the time of the meeting is looked for. */
    private static final int LINES_TO_TIME = 4;

    private MetadataReading() {}

    /**
     * What a document says of itself.
     *
     * @param pages its pages
     * @param segmented the same pages cut into entries
     * @param fileTitle title that the file carries beside its pages; null where it has none
     */
    public static DocumentFacts read(
            List<Page> pages, Segmented segmented, @Nullable String fileTitle) {
        Matter matter = Matter.of(pages, segmented, fileTitle);
        DocumentKind kind = Kinds.of(matter);
        DateForms forms = new DateForms(matter.letterPaper());
        MeetingDates.Found meeting = new MeetingDates(forms, matter).find(kind);
        String council = new Councils(matter).find();
        String committee =
                kind == DocumentKind.OTHER
                        ? null
                        : new Committees(matter, council).find(meeting.line());
        return new DocumentFacts(
                new Metadata(
                        council, committee, kind, meeting.date(), Titled.of(matter, kind), null),
                kind == DocumentKind.OTHER ? null : time(matter, meeting),
                kind == DocumentKind.OTHER ? null : Places.venue(matter, forms, meeting.line()),
                Contacts.find(matter),
                kind == DocumentKind.MINUTES ? Attendances.of(matter) : Attendance.NONE,
                kind == DocumentKind.OTHER
                        ? List.of()
                        : new NextMeetings(forms, meeting.date())
                                .find(segmented.entries(), segmented.front()));
    }

    /**
     * What is read of each item, in their order.
     *
     * @param facts what the document says of itself
     * @param entries the items
     */
    public static List<ItemFacts> items(DocumentFacts facts, List<Entry> entries) {
        boolean minutes = facts.metadata().kind() == DocumentKind.MINUTES;
        Decisions decisions = new Decisions(new Clauses(ownWords(facts.metadata())));
        List<ItemFacts> items = new ArrayList<>();
        Interests interests = new Interests(entries);
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            items.add(
                    new ItemFacts(
                            minutes ? decisions.in(entry) : List.of(),
                            Attachments.in(entry),
                            interests.of(i),
                            Continuations.in(entry.body())));
        }
        return items;
    }

    private static Set<String> ownWords(Metadata metadata) {
        Set<String> words = new HashSet<>();
        for (String name : new String[] {metadata.council(), metadata.committee()}) {
            if (name != null) {
                Collections.addAll(
                        words, Councils.BETWEEN_WORDS.split(name.toLowerCase(Locale.ROOT)));
            }
        }
        return words;
    }

    private static @Nullable LocalTime time(Matter matter, MeetingDates.Found meeting) {
        if (meeting.line() < 0) {
            return null;
        }
        LocalTime time = ClockForms.first(meeting.after().lines().findFirst().orElse(""));
        List<Line> head = matter.head();
        for (int i = meeting.line();
                time == null && i < Math.min(head.size(), meeting.line() + LINES_TO_TIME);
                i++) {
            time = ClockForms.first(head.get(i).text());
        }
        return time;
    }
}
