package org.minutebook.search.web.api;

import org.minutebook.contracts.MeetingId;
import org.minutebook.search.WithSearch;
import org.minutebook.search.elasticsearch.MeetingLookup;
import org.minutebook.search.items.Meeting;
import org.minutebook.search.items.NotThereException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Meetings; the id of one has three parts. */
@WithSearch
@RestController
class MeetingsController {

    private final MeetingLookup lookup;

    MeetingsController(MeetingLookup lookup) {
        this.lookup = lookup;
    }

    @GetMapping("/api/v1/meetings/{council}/{committee}/{date}")
    Meeting meeting(
            @PathVariable String council,
            @PathVariable String committee,
            @PathVariable String date) {
        MeetingId id = new MeetingId(council + "/" + committee + "/" + date);
        return lookup.meeting(id)
                .orElseThrow(() -> new NotThereException("There is no meeting '" + id + "'"));
    }
}
