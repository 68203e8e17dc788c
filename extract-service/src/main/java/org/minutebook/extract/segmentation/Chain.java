package org.minutebook.extract.segmentation;

import java.util.List;

/**
 * Numbered rows that go on from one another, in document order.
 *
 * @param shape of their numbers
 * @param members rows with their numbers
 * @param score how well they go together, and each by itself
 */
record Chain(String shape, List<Member> members, double score) {

    /** A row with the reading of its number that the chain takes. */
    record Member(Row row, Label label) {}

    Chain {
        members = List.copyOf(members);
    }

    int first() {
        return members.getFirst().row().index;
    }

    int last() {
        return members.getLast().row().index;
    }

    int size() {
        return members.size();
    }

    double meanScore() {
        return members.stream().mapToDouble(member -> member.row().score).average().orElse(0);
    }

    double share(java.util.function.Predicate<Row> test) {
        return (double) members.stream().filter(member -> test.test(member.row())).count() / size();
    }

    /** "1.1 Purpose of report", "1.2 Background": whether it numbers the parts of a report. */
    boolean captions() {
        return share(row -> Vocabulary.isNoItem(row.rest)) > 0.5;
    }
}
