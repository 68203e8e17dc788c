package org.minutebook.ingest.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.RetryListener;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * How listeners wait for what is away: 0.5 s, growing to 30 s, without end; never is a record
 * skipped.
 */
@Configuration(proxyBeanMethods = false)
class Retrying {

    private static final Logger log = LoggerFactory.getLogger(Retrying.class);

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
        handler.setRetryListeners(new Waiting());
        return handler;
    }

    /** Says what is waited for: without it an operator sees a service that does nothing. */
    private static final class Waiting implements RetryListener {

        @Override
        public void failedDelivery(
                ConsumerRecord<?, ?> record, @Nullable Exception cause, int attempt) {}

        @Override
        public void failedDelivery(ConsumerRecords<?, ?> records, Exception cause, int attempt) {
            Throwable root = NestedExceptionUtils.getMostSpecificCause(cause);
            log.warn(
                    "{} records of {} wait, attempt {}: {}",
                    records.count(),
                    records.partitions(),
                    attempt,
                    root.toString());
            log.debug("", cause);
        }
    }
}
