package org.minutebook.search.alerts;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.minutebook.contracts.IndexEntry.IndexedDocument;
import org.springframework.stereotype.Component;

/** Which documents are news: a bulk of old minutes tells nobody anything. */
@WithAlerts
@Component
public class Recency {

    private final AlertSettings settings;
    private final Clock clock;

    Recency(AlertSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether the meeting, or where its date is not known the upload, is not too long ago. */
    public boolean isNews(IndexedDocument document) {
        LocalDate date =
                document.meetingDate() != null
                        ? document.meetingDate()
                        : document.uploadedAt().atZone(ZoneOffset.UTC).toLocalDate();
        return !date.isBefore(earliest());
    }

    /** First day that is news. */
    public LocalDate earliest() {
        return LocalDate.ofInstant(
                clock.instant().minus(settings.newestMeetings()), ZoneOffset.UTC);
    }
}
