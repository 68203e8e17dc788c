package org.minutebook.search.web.pages;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.Outcome;
import org.springframework.stereotype.Component;

/** How things are called on pages, asked by the templates as {@code wording}. */
@Component
public class Wording {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK);

    /** "14 October 2026"; empty for no date. */
    public String day(@Nullable LocalDate date) {
        return date == null ? "" : DAY.format(date);
    }

    /** "Minutes". */
    public String kind(@Nullable DocumentKind kind) {
        return switch (kind) {
            case AGENDA -> "Agenda";
            case MINUTES -> "Minutes";
            case OTHER -> "Document";
            case null -> "Document";
        };
    }

    /** "Approved". */
    public String outcome(Outcome outcome) {
        return switch (outcome) {
            case RESOLVED -> "Resolved";
            case AGREED -> "Agreed";
            case CARRIED -> "Carried";
            case LOST -> "Lost";
            case DEFERRED -> "Deferred";
            case APPROVED -> "Approved";
            case NOTED -> "Noted";
        };
    }

    /** Outcomes of an item, each once, without those that the text of a decision begins with. */
    public List<Outcome> untoldOutcomes(List<Decision> decisions) {
        return decisions.stream()
                .map(Decision::outcome)
                .distinct()
                .filter(outcome ->
                        decisions.stream()
                                .filter(decision -> decision.outcome() == outcome)
                                .noneMatch(decision -> begins(decision.text(), outcome(outcome))))
                .toList();
    }

    private static boolean begins(String text, String word) {
        String beginning = text.stripLeading();
        return beginning.regionMatches(true, 0, word, 0, word.length())
                && (beginning.length() == word.length()
                        || !Character.isLetter(beginning.charAt(word.length())));
    }

    /** Colour of an outcome's tag, as a class of govuk-frontend. */
    public String outcomeTag(Outcome outcome) {
        return switch (outcome) {
            case RESOLVED, AGREED, CARRIED, APPROVED -> "govuk-tag--green";
            case LOST -> "govuk-tag--red";
            case DEFERRED -> "govuk-tag--yellow";
            case NOTED -> "govuk-tag--grey";
        };
    }

    /** "7 for, 1 against, 2 abstained". */
    public String votes(Decision.Votes votes) {
        StringBuilder text = new StringBuilder();
        append(text, votes.votesFor(), "for");
        append(text, votes.against(), "against");
        append(text, votes.abstained(), "abstained");
        return text.toString();
    }

    private static void append(StringBuilder text, @Nullable Integer number, String what) {
        if (number != null) {
            text.append(text.isEmpty() ? "" : ", ").append(number).append(' ').append(what);
        }
    }

    /** "1,234 items". */
    public String items(long count) {
        return "%,d %s".formatted(count, count == 1 ? "item" : "items");
    }

    /** "page 3" or "pages 3 to 5". */
    public String pages(int from, int to) {
        return from == to ? "page " + from : "pages " + from + " to " + to;
    }
}
