package org.minutebook.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.CalendarInterval;
import co.elastic.clients.elasticsearch._types.aggregations.LongTermsBucket;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minutebook.search.elasticsearch.Names.Named;
import org.minutebook.search.items.Facets;
import org.minutebook.search.items.Facets.Count;
import org.minutebook.search.items.Filters;
import org.springframework.stereotype.Component;

/** Asks for facets and reads them. */
@Component
class Counting {

    /** Most councils, and most committees, that are counted. */
    private static final int MOST = 100;

    private static final String NO_COMMITTEE = "none";

    private final Names names;

    Counting(Names names) {
        this.names = names;
    }

    static Map<String, Aggregation> aggregations() {
        return Map.of(
                "council",
                terms(Named.COUNCIL.slug()),
                "committee",
                terms(Named.COMMITTEE.slug()),
                NO_COMMITTEE,
                Aggregation.of(a -> a.missing(m -> m.field(Named.COMMITTEE.slug()))),
                "kind",
                terms("document.kind"),
                "decided",
                terms("decided"),
                "outcome",
                terms("item.decisions.outcome"),
                "scanned",
                terms("item.scanned"),
                "month",
                Aggregation.of(a ->
                        a.dateHistogram(h ->
                                h.field("document.meetingDate")
                                        .calendarInterval(CalendarInterval.Month)
                                        .format("yyyy-MM")
                                        .minDocCount(1))));
    }

    private static Aggregation terms(String field) {
        return Aggregation.of(a -> a.terms(t -> t.field(field).size(MOST)));
    }

    Facets read(Map<String, Aggregate> aggregates) {
        if (aggregates.isEmpty()) {
            return Facets.NONE;
        }
        List<Count> months = months(aggregates.get("month"));
        return new Facets(
                named(aggregates.get("council"), Named.COUNCIL),
                committees(aggregates),
                strings(aggregates.get("kind")),
                years(months),
                booleans(aggregates.get("decided"), "Decision recorded", "No decision recorded"),
                strings(aggregates.get("outcome")),
                booleans(aggregates.get("scanned"), "Read from a scan", "Not from a scan"),
                months);
    }

    private List<Count> committees(Map<String, Aggregate> aggregates) {
        List<Count> committees =
                new ArrayList<>(named(aggregates.get("committee"), Named.COMMITTEE));
        Aggregate none = aggregates.get(NO_COMMITTEE);
        if (none != null && none.missing().docCount() > 0) {
            committees.add(
                    new Count(Filters.COUNCIL_ITSELF, "Council itself", none.missing().docCount()));
            committees.sort((a, b) -> Long.compare(b.count(), a.count()));
        }
        return committees;
    }

    private List<Count> named(@Nullable Aggregate aggregate, Named named) {
        List<Count> counts = strings(aggregate);
        Map<String, String> known = names.of(named, counts.stream().map(Count::value).toList());
        return counts.stream()
                .map(count ->
                        new Count(
                                count.value(),
                                known.getOrDefault(count.value(), count.label()),
                                count.count()))
                .toList();
    }

    private static List<Count> strings(@Nullable Aggregate aggregate) {
        return Entries.buckets(aggregate).stream()
                .map(bucket -> {
                    String key = bucket.key().stringValue();
                    String label = key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
                    return new Count(key, label, bucket.docCount());
                })
                .toList();
    }

    private static List<Count> booleans(@Nullable Aggregate aggregate, String yes, String no) {
        if (aggregate == null || !aggregate.isLterms()) {
            return List.of();
        }
        List<Count> counts = new ArrayList<>();
        for (LongTermsBucket bucket : aggregate.lterms().buckets().array()) {
            boolean value = bucket.key() == 1;
            counts.add(new Count(Boolean.toString(value), value ? yes : no, bucket.docCount()));
        }
        return counts;
    }

    private static List<Count> months(@Nullable Aggregate aggregate) {
        if (aggregate == null || !aggregate.isDateHistogram()) {
            return List.of();
        }
        List<Count> months = new ArrayList<>();
        for (var bucket : aggregate.dateHistogram().buckets().array()) {
            String value = String.valueOf(bucket.keyAsString());
            String name =
                    Month.of(Integer.parseInt(value.substring(value.length() - 2)))
                            .getDisplayName(TextStyle.FULL, Locale.UK);
            months.add(
                    new Count(
                            value,
                            name + " " + value.substring(0, value.length() - 3),
                            bucket.docCount()));
        }
        return months;
    }

    private static List<Count> years(List<Count> months) {
        List<Count> years = new ArrayList<>();
        for (Count month : months.reversed()) {
            String year = month.value().substring(0, month.value().length() - 3);
            if (!years.isEmpty() && years.getLast().value().equals(year)) {
                Count sum = years.removeLast();
                years.add(new Count(year, year, sum.count() + month.count()));
            } else {
                years.add(new Count(year, year, month.count()));
            }
        }
        return years;
    }
}
