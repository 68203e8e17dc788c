package org.minutebook.ingest;

import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Who does what is done again and again: announcing, and what must not hold it up. With virtual
 * threads Spring would make a scheduler that has one thread for everything with a fixed delay,
 * whatever {@code spring.task.scheduling.pool.size} says.
 */
@Configuration(proxyBeanMethods = false)
class Scheduling {

    @Bean
    ThreadPoolTaskScheduler taskScheduler(ThreadPoolTaskSchedulerBuilder settings) {
        return settings.build();
    }
}
