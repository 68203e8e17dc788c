package org.minutebook.extract.metadata;

import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Attendance;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.Metadata;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.Page;
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
        String committee = new Committees(matter, council).find(meeting.line());
        return new DocumentFacts(
                new Metadata(council, committee, kind, meeting.date(), null, null),
                time(matter, meeting),
                null,
                null,
                Attendance.NONE,
                List.of());
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
