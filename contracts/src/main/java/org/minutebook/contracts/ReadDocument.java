package org.minutebook.contracts;

import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the pages of a document say, as far as they could be read.
 *
 * @param mediaType detected from the content, as {@code application/pdf}
 * @param metadata council, committee, kind, date and title as read
 * @param meetingTime local start of the meeting
 * @param venue where the meeting is held, as printed
 * @param contact whom to ask, as printed
 * @param attendance who was there
 * @param nextMeetings the meetings announced
 * @param pagesPrinted pages that the document has
 * @param pagesRead pages whose text was read; fewer than printed where a page could not be read
 * @param pagesScanned pages among those read that were read by OCR
 */
public record ReadDocument(
        String mediaType,
        Metadata metadata,
        @Nullable LocalTime meetingTime,
        @Nullable String venue,
        @Nullable String contact,
        Attendance attendance,
        List<NextMeeting> nextMeetings,
        int pagesPrinted,
        int pagesRead,
        int pagesScanned) {

    public ReadDocument {
        nextMeetings = Lists.copy(nextMeetings);
        if (pagesRead > pagesPrinted || pagesScanned > pagesRead) {
            throw new IllegalArgumentException(
                    "pages printed %d, read %d, scanned %d, expected each no more than the one before"
                            .formatted(pagesPrinted, pagesRead, pagesScanned));
        }
    }
}
