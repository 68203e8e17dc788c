package org.minutebook.search.web.pages;

import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.minutebook.search.items.Facets;
import org.minutebook.search.items.Facets.Count;

/**
 * A bar of the picture of how many items there are over time, 100 wide and 30 high.
 *
 * @param period month or year
 * @param label period and count
 */
record Bar(String period, String label, double x, double y, double width, double height) {

    private static final int WIDTH = 100;
    private static final int HEIGHT = 30;

    /** From so many months on, years are shown. */
    private static final int MOST_MONTHS = 36;

    /** How time is cut. */
    enum Scale {
        MONTHS,
        YEARS
    }

    /** Bars without gaps in time; none where there is only one. */
    static List<Bar> of(Facets facets) {
        if (facets.month().size() < 2) {
            return List.of();
        }
        YearMonth first = YearMonth.parse(facets.month().getFirst().value());
        YearMonth last = YearMonth.parse(facets.month().getLast().value());
        Scale scale =
                first.until(last, ChronoUnit.MONTHS) < MOST_MONTHS ? Scale.MONTHS : Scale.YEARS;
        TreeMap<String, Long> counts = new TreeMap<>();
        for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
            counts.put(period(month, scale), 0L);
        }
        for (Count count : facets.month()) {
            counts.merge(period(YearMonth.parse(count.value()), scale), count.count(), Long::sum);
        }
        long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
        double step = (double) WIDTH / counts.size();
        List<Bar> bars = new ArrayList<>();
        counts.forEach((period, count) -> {
            double height = (double) HEIGHT * count / most;
            bars.add(
                    new Bar(
                            period,
                            period + ": " + count,
                            bars.size() * step,
                            HEIGHT - height,
                            step * 0.9,
                            height));
        });
        return bars.size() < 2 ? List.of() : bars;
    }

    private static String period(YearMonth month, Scale scale) {
        return scale == Scale.MONTHS ? month.toString() : Integer.toString(month.getYear());
    }
}
