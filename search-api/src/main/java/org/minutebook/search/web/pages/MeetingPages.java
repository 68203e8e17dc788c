package org.minutebook.search.web.pages;

import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.MeetingId;
import org.minutebook.search.WithSearch;
import org.minutebook.search.elasticsearch.CouncilLookup;
import org.minutebook.search.elasticsearch.MeetingLookup;
import org.minutebook.search.items.CouncilMeetings;
import org.minutebook.search.items.CouncilMeetings.Body;
import org.minutebook.search.items.Meeting;
import org.minutebook.search.items.NotThereException;
import org.minutebook.search.web.PublicAddress;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Pages of councils, committees and meetings. */
@WithSearch
@Controller
class MeetingPages {

    /** Meetings on a council's own page. */
    private static final int NEWEST = 20;

    private final MeetingLookup lookup;
    private final CouncilLookup councils;
    private final PublicAddress publicAddress;

    MeetingPages(MeetingLookup lookup, CouncilLookup councils, PublicAddress publicAddress) {
        this.lookup = lookup;
        this.councils = councils;
        this.publicAddress = publicAddress;
    }

    @GetMapping("/meetings/{council}/{committee}/{date}")
    String meeting(
            @PathVariable String council,
            @PathVariable String committee,
            @PathVariable String date,
            Model model) {
        MeetingId id = new MeetingId(council + "/" + committee + "/" + date);
        Meeting meeting =
                lookup.meeting(id)
                        .orElseThrow(
                                () -> new NotThereException("There is no meeting '" + id + "'"));
        model.addAttribute("meeting", meeting);
        model.addAttribute("canonical", publicAddress.of("/meetings/" + id));
        return "meeting";
    }

    @GetMapping("/councils/{council}")
    String council(@PathVariable String council, Model model) {
        CouncilMeetings meetings =
                councils.council(council, NEWEST).orElseThrow(() -> nothing(council));
        model.addAttribute("council", meetings);
        model.addAttribute("canonical", publicAddress.of("/councils/" + council));
        return "council";
    }

    /** A committee over the years; the newest year where none is named. */
    @GetMapping("/councils/{council}/{committee}")
    String committee(
            @PathVariable String council,
            @PathVariable String committee,
            @RequestParam(required = false) @Nullable Integer year,
            Model model) {
        if (year != null && (year < 1000 || year > 9999)) {
            throw nothing(council);
        }
        CouncilMeetings meetings =
                councils.committee(council, committee, year).orElseThrow(() -> nothing(council));
        Body body = meetings.bodies().getFirst();
        model.addAttribute("council", meetings);
        model.addAttribute("committee", committee);
        model.addAttribute(
                "year",
                year == null ? meetings.years().getFirst().value() : Integer.toString(year));
        model.addAttribute("name", body.name() == null ? "Council" : body.name());
        String path = "/councils/" + council + "/" + committee;
        model.addAttribute(
                "canonical", publicAddress.of(year == null ? path : path + "?year=" + year));
        return "committee";
    }

    private static NotThereException nothing(String council) {
        return new NotThereException("There is no council '" + council + "'");
    }
}
