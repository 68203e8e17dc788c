package org.minutebook.extract.formats;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells as lines: the first lines of a row's cells stand side by side, as the number and
 * the title of an item do; what is left of each cell follows, cell by cell.
 */
final class Table {

    /** Width of a column where the file does not say: fits a number or a clock time. */
    private static final double COLUMN = 54;

    private Table() {}

    /** Left edge of a column, in points, where the file gives no widths. */
    static double edge(int column) {
        return column * COLUMN;
    }

    /**
     * A cell.
     *
     * @param at its left edge from that of the table, in points
     * @param lines what stands in it, placed from its own left edge
     */
    record Cell(double at, List<Draft> lines) {}

    /** Appends a row. A row of one cell with text is plain text at the left edge of the table. */
    static void row(List<Cell> cells, List<Draft> to) {
        List<Cell> filled = cells.stream().filter(cell -> !cell.lines().isEmpty()).toList();
        if (filled.size() == 1 && cells.size() == 1) {
            to.addAll(filled.getFirst().lines());
            return;
        }
        if (filled.isEmpty()) {
            return;
        }
        List<Draft.Run> first = new ArrayList<>();
        double above = 0;
        for (Cell cell : filled) {
            Draft line = cell.lines().getFirst();
            above = Math.max(above, line.above());
            double at = cell.at() + line.indent();
            for (Draft.Run run : line.runs()) {
                double start = run.setApart() ? cell.at() + run.at() : at;
                first.add(new Draft.Run(run.text(), run.style(), start));
                at = Draft.Run.FOLLOWS;
            }
        }
        to.add(new Draft(first, filled.getFirst().at(), above));
        for (Cell cell : filled) {
            for (Draft line : cell.lines().subList(1, cell.lines().size())) {
                to.add(line.movedRight(cell.at()));
            }
        }
    }
}
