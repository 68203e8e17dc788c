package org.minutebook.extract.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.minutebook.extract.kafka.Turns.Turn;

/** Who is next when a worker is free. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TurnsTest {

    private final List<String> told = new ArrayList<>();

    @Test
    void what_waits_in_one_partition_keeps_its_order() throws InterruptedException {
        Turns turns = new Turns(1, 0);
        add(turns, 0, "a", "b", "c");

        assertThat(takenInOrder(turns, 3)).containsExactly("a", "b", "c");
    }

    @Test
    void a_partition_that_had_no_turn_yet_comes_before_one_with_much_to_do()
            throws InterruptedException {
        Turns turns = new Turns(1, 0);
        add(turns, 0, "bulk 1", "bulk 2", "bulk 3");
        assertThat(takenInOrder(turns, 1)).containsExactly("bulk 1");

        add(turns, 1, "single");

        assertThat(takenInOrder(turns, 3)).containsExactly("single", "bulk 2", "bulk 3");
    }

    @Test
    void partitions_with_much_to_do_alternate() throws InterruptedException {
        Turns turns = new Turns(1, 0);
        add(turns, 0, "a1", "a2", "a3");
        add(turns, 1, "b1", "b2");
        add(turns, 2, "c1", "c2");

        assertThat(takenInOrder(turns, 7))
                .containsExactly("a1", "b1", "c1", "a2", "b2", "c2", "a3");
    }

    @Test
    void no_more_is_begun_than_there_are_workers() throws Exception {
        Turns turns = new Turns(2, 0);
        add(turns, 0, "a", "b", "c");
        Turn first = turns.take();
        turns.take();

        assertWaits(turns, () -> turns.done(first), "c");
    }

    @Test
    void what_is_urgent_finds_a_worker_though_all_are_busy() throws InterruptedException {
        Turns turns = new Turns(2, 1);
        add(turns, 0, "a", "b", "c");
        turns.take();
        turns.take();

        turns.add(new Turn(3, true, () -> told.add("urgent")));

        assertThat(takenInOrder(turns, 1)).containsExactly("urgent");
    }

    @Test
    void a_second_that_is_urgent_waits_until_the_first_or_another_is_done() throws Exception {
        Turns turns = new Turns(1, 1);
        add(turns, 0, "a");
        turns.take();
        turns.add(new Turn(3, true, () -> told.add("urgent")));
        Turn urgent = turns.take();
        turns.add(new Turn(3, true, () -> told.add("urgent, too")));

        assertWaits(turns, () -> turns.done(urgent), "urgent, too");
    }

    private void add(Turns turns, int partition, String... works) {
        for (String work : works) {
            turns.add(new Turn(partition, false, () -> told.add(work)));
        }
    }

    /** What the next ones do, each done before the next is taken. */
    private List<String> takenInOrder(Turns turns, int count) throws InterruptedException {
        told.clear();
        for (int i = 0; i < count; i++) {
            Turn turn = turns.take();
            turn.work().run();
            turns.done(turn);
        }
        return List.copyOf(told);
    }

    /** Nobody has a turn until something happened. */
    private void assertWaits(Turns turns, Runnable happens, String next) throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<Turn> waiting = other.submit(turns::take);
            try {
                waiting.get(200, TimeUnit.MILLISECONDS);
                throw new AssertionError("it did not wait");
            } catch (TimeoutException e) {
                assertThat(waiting).isNotDone();
            }
            happens.run();
            waiting.get(10, TimeUnit.SECONDS).work().run();
            assertThat(told).containsExactly(next);
        }
    }
}
