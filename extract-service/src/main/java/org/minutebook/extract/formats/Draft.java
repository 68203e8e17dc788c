package org.minutebook.extract.formats;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a format without positions, before it is given one.
 *
 * @param runs parts in one style, left to right; at least one
 * @param indent of its left edge from the margin, in points
 * @param above blank space above it, in points
 */
record Draft(List<Run> runs, double indent, double above) {

    Draft {
        runs = List.copyOf(runs);
    }

    /**
     * A part of a line.
     *
     * @param text white space folded, not blank
     * @param style how it is printed
     * @param at where it starts, in points from the margin, where it stands in a cell or after a
     *     tabulator; negative where it follows what stands before it
     */
    record Run(String text, Style style, double at) {

        static final double FOLLOWS = -1;

        boolean setApart() {
            return at >= 0;
        }
    }

    Draft movedRight(double by) {
        if (by == 0) {
            return this;
        }
        List<Run> moved = new ArrayList<>(runs.size());
        for (Run run : runs) {
            moved.add(run.setApart() ? new Run(run.text(), run.style(), run.at() + by) : run);
        }
        return new Draft(moved, indent + by, above);
    }
}
