package org.minutebook.index.kafka;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * How listeners wait for what is away: 0.5 s, growing to 30 s, without end; never is a record
 * skipped.
 */
@Configuration(proxyBeanMethods = false)
class Retrying {

    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 30_000;
    private static final double GROWTH = 2;

    @Bean
    DefaultErrorHandler retryWithoutEnd() {
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_MILLIS, GROWTH);
        backOff.setMaxInterval(LONGEST_MILLIS);
        DefaultErrorHandler handler = new DefaultErrorHandler(backOff);
        // By default Spring skips a batch at once after an exception that it takes for a bug.
        handler.setClassifications(Map.of(), true);
        return handler;
    }
}
