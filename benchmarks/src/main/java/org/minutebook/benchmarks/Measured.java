package org.minutebook.benchmarks;

import java.util.Collection;

/** Figures of what was measured several times. */
final class Measured {

    private Measured() {}

    static double median(Collection<Double> values) {
        return quantile(values, 0.5);
    }

    /** The least value that so large a share of all values does not exceed (nearest rank). */
    static double quantile(Collection<Double> values, double share) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * share) - 1)];
    }
}
