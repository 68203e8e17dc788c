package org.minutebook.search.web.pages;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.minutebook.contracts.MeetingId;
import org.minutebook.search.elasticsearch.MeetingLookup;
import org.minutebook.search.items.CouncilMeetings;
import org.minutebook.search.items.CouncilMeetings.Held;
import org.minutebook.search.items.Filters;
import org.minutebook.search.items.Meeting;
import org.minutebook.search.items.NotThereException;
import org.minutebook.search.web.PublicAddress;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Pages of councils, committees and meetings. */
@Controller
class MeetingPages {

    private final MeetingLookup lookup;
    private final PublicAddress publicAddress;

    MeetingPages(MeetingLookup lookup, PublicAddress publicAddress) {
        this.lookup = lookup;
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

    /**
     * A committee in a list.
     *
     * @param name as printed
     * @param href its page
     * @param meetings how many of it there are
     */
    record Body(String name, String href, int meetings) {}

    @GetMapping("/councils/{council}")
    String council(@PathVariable String council, Model model) {
        CouncilMeetings meetings = meetings(council, null);
        Map<String, List<Held>> byBody =
                meetings.meetings().stream()
                        .collect(
                                Collectors.groupingBy(
                                        MeetingPages::slug, TreeMap::new, Collectors.toList()));
        model.addAttribute("council", meetings);
        model.addAttribute(
                "bodies",
                byBody.entrySet().stream()
                        .map(body ->
                                new Body(
                                        name(body.getValue().getFirst()),
                                        "/councils/" + council + "/" + body.getKey(),
                                        body.getValue().size()))
                        .toList());
        model.addAttribute("canonical", publicAddress.of("/councils/" + council));
        return "council";
    }

    @GetMapping("/councils/{council}/{committee}")
    String committee(@PathVariable String council, @PathVariable String committee, Model model) {
        CouncilMeetings meetings = meetings(council, committee);
        model.addAttribute("council", meetings);
        model.addAttribute("committee", committee);
        model.addAttribute("name", name(meetings.meetings().getFirst()));
        model.addAttribute("canonical", publicAddress.of("/councils/" + council + "/" + committee));
        return "committee";
    }

    private CouncilMeetings meetings(
            String council, @org.jspecify.annotations.Nullable String committee) {
        return lookup.meetings(council, committee)
                .orElseThrow(() -> new NotThereException("There is no council '" + council + "'"));
    }

    private static String slug(Held meeting) {
        return meeting.committeeId() == null ? Filters.COUNCIL_ITSELF : meeting.committeeId();
    }

    private static String name(Held meeting) {
        return meeting.committee() == null ? "Council" : meeting.committee();
    }
}
