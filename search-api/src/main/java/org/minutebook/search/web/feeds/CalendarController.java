package org.minutebook.search.web.feeds;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.minutebook.search.SearchSettings;
import org.minutebook.search.WithSearch;
import org.minutebook.search.elasticsearch.MeetingLookup;
import org.minutebook.search.items.ComingMeeting;
import org.minutebook.search.items.Filters;
import org.minutebook.search.web.Addresses;
import org.minutebook.search.web.Freshness;
import org.minutebook.search.web.PublicAddress;
import org.minutebook.search.web.Questions;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.WebRequest;

/**
 * Coming meetings as a calendar, of all councils or those that {@code council} and {@code
 * committee} name. A meeting without a printed time takes the whole day. Source of the form: RFC
 * 5545.
 */
@WithSearch
@Controller
class CalendarController {

    private static final MediaType CALENDAR =
            new MediaType("text", "calendar", StandardCharsets.UTF_8);
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
    private static final Duration KEEP = Duration.ofHours(1);

    /** Longest line, in bytes, before it is folded. */
    private static final int LINE = 75;

    private final Questions questions;
    private final MeetingLookup meetings;
    private final SearchSettings settings;
    private final Addresses addresses;
    private final PublicAddress publicAddress;
    private final Freshness freshness;

    CalendarController(
            Questions questions,
            MeetingLookup meetings,
            SearchSettings settings,
            Addresses addresses,
            PublicAddress publicAddress,
            Freshness freshness) {
        this.questions = questions;
        this.meetings = meetings;
        this.settings = settings;
        this.addresses = addresses;
        this.publicAddress = publicAddress;
        this.freshness = freshness;
    }

    @GetMapping("/calendar.ics")
    @Nullable ResponseEntity<String> calendar(
            @RequestParam MultiValueMap<String, String> parameters, WebRequest request) {
        Filters filters = questions.filters(parameters);
        if (freshness.isKnown(request, "calendar " + filters)) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        line(text, "BEGIN:VCALENDAR");
        line(text, "VERSION:2.0");
        line(text, "PRODID:-//Minutebook//Council meetings//EN");
        line(text, "X-WR-CALNAME:" + escape(settings.siteName()));
        for (ComingMeeting meeting : meetings.coming(filters)) {
            event(text, meeting);
        }
        line(text, "END:VCALENDAR");
        return ResponseEntity.ok()
                .contentType(CALENDAR)
                .cacheControl(CacheControl.maxAge(KEEP).cachePublic())
                .body(text.toString());
    }

    private void event(StringBuilder text, ComingMeeting meeting) {
        String body = meeting.committeeId() == null ? "council" : meeting.committeeId();
        line(text, "BEGIN:VEVENT");
        line(text, "UID:%s.%s.%s@minutebook".formatted(meeting.councilId(), body, meeting.date()));
        line(text, "DTSTAMP:" + UTC.format(meeting.announcedAt().atOffset(ZoneOffset.UTC)));
        if (meeting.time() == null) {
            line(text, "DTSTART;VALUE=DATE:" + DAY.format(meeting.date()));
        } else {
            // In UTC, so that no description of the time zone is needed.
            line(
                    text,
                    "DTSTART:"
                            + UTC.format(
                                    LocalDateTime.of(meeting.date(), meeting.time())
                                            .atZone(settings.timeZone())
                                            .withZoneSameInstant(ZoneOffset.UTC)));
        }
        String council = meeting.council() == null ? "" : meeting.council();
        line(
                text,
                "SUMMARY:"
                        + escape(
                                meeting.committee() == null
                                        ? council
                                        : meeting.committee() + ", " + council));
        if (meeting.note() != null) {
            line(text, "DESCRIPTION:" + escape(meeting.note()));
        }
        line(text, "URL:" + publicAddress.of(addresses.file(meeting.announcedIn())));
        line(text, "END:VEVENT");
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replaceAll("\\R", "\\\\n");
    }

    /** Folded after 75 bytes, never inside a character. */
    private static void line(StringBuilder text, String line) {
        int bytes = 0;
        for (int character : line.codePoints().toArray()) {
            String one = Character.toString(character);
            int length = one.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + length > LINE) {
                text.append("\r\n ");
                bytes = 1;
            }
            text.append(one);
            bytes += length;
        }
        text.append("\r\n");
    }
}
