package org.minutebook.extract.cli;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.Attendance;
import org.minutebook.contracts.Box;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.NextMeeting;
import org.minutebook.contracts.ReadDocument;
import org.minutebook.extract.Extraction;

/**
 * What {@code segment --json} prints of a document: the shape of the labels that segmentation is
 * measured by, and more beside it. Dates are as in ISO 8601, times as HH:MM.
 */
record SegmentedDocument(
        String file,
        @Nullable String kind,
        @Nullable String council,
        @Nullable String committee,
        @Nullable String meetingDate,
        @Nullable String meetingTime,
        @Nullable String title,
        @Nullable String venue,
        @Nullable String contact,
        Attendance attendance,
        List<Next> nextMeetings,
        int pagesPrinted,
        int pagesRead,
        int pagesScanned,
        List<Item> items) {

    /** A meeting that the document announces. */
    record Next(String date, @Nullable String time, @Nullable String note) {

        static Next of(NextMeeting meeting) {
            return new Next(meeting.date().toString(), clock(meeting.time()), meeting.note());
        }
    }

    /** An agenda item. */
    record Item(
            @Nullable String number,
            String title,
            int level,
            int page,
            int pageTo,
            @Nullable String time,
            @Nullable String section,
            boolean grouping,
            String text,
            List<Decision> decisions,
            List<String> attachments,
            List<String> interests,
            @Nullable String continuedElsewhere,
            boolean scanned,
            @Nullable Double confidence,
            List<Box> boxes) {

        static Item of(AgendaItem item) {
            return new Item(
                    item.number(),
                    item.title(),
                    item.level(),
                    item.page(),
                    item.pageTo(),
                    clock(item.time()),
                    item.section(),
                    item.grouping(),
                    item.text(),
                    item.decisions(),
                    item.attachments(),
                    item.interests(),
                    item.continuedElsewhere(),
                    item.scanned(),
                    item.confidence(),
                    item.boxes().stream().map(Item::rounded).toList());
        }

        /** To a tenth of a point: finer says nothing and makes long lines. */
        private static Box rounded(Box box) {
            return new Box(
                    box.page(),
                    tenths(box.x()),
                    tenths(box.y()),
                    tenths(box.width()),
                    tenths(box.height()));
        }

        private static double tenths(double points) {
            return Math.round(points * 10) / 10.0;
        }
    }

    static SegmentedDocument of(String file, Extraction.Extracted extracted) {
        ReadDocument read = extracted.read();
        Metadata metadata = read.metadata();
        return new SegmentedDocument(
                file,
                metadata.kind() == null ? null : metadata.kind().wireName(),
                metadata.council(),
                metadata.committee(),
                metadata.meetingDate() == null ? null : metadata.meetingDate().toString(),
                clock(read.meetingTime()),
                metadata.title(),
                read.venue(),
                read.contact(),
                read.attendance(),
                read.nextMeetings().stream().map(Next::of).toList(),
                read.pagesPrinted(),
                read.pagesRead(),
                read.pagesScanned(),
                extracted.items().stream().map(Item::of).toList());
    }

    /** LocalTime's own text is HH:MM where there are no seconds. */
    private static @Nullable String clock(@Nullable LocalTime time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MINUTES).toString();
    }
}
