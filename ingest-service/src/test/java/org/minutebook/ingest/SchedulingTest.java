package org.minutebook.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;

/** With the settings of the service. */
class SchedulingTest {

    /** What is done again and again: announcing, entries of batches, topics, dead letters. */
    private static final int TASKS = 4;

    @EnableScheduling
    static class Scheduled {}

    @Test
    void one_task_that_takes_long_does_not_hold_up_the_others() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(TASKS);
        try (var service =
                new SpringApplicationBuilder(
                                Scheduled.class,
                                Scheduling.class,
                                TaskSchedulingAutoConfiguration.class)
                        .web(WebApplicationType.NONE)
                        .run()) {
            TaskScheduler scheduler = service.getBean(TaskScheduler.class);
            for (int i = 0; i < TASKS; i++) {
                // Each waits for all the others.
                scheduler.scheduleWithFixedDelay(
                        () -> {
                            all.countDown();
                            await(all);
                        },
                        Duration.ofHours(1));
            }

            assertThat(all.await(30, SECONDS)).isTrue();
        }
    }

    private static void await(CountDownLatch all) {
        try {
            all.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
