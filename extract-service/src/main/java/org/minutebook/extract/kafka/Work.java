package org.minutebook.extract.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a lane does with its records. Called from several threads, never at once for two records
 * with the same key.
 */
@FunctionalInterface
interface Work {

    /**
     * Does all that a record asks for, except sending. Must be harmless to repeat: a record whose
     * outcome was not committed comes again. What it throws counts as {@link Outcome.DeadLettered};
     * when its thread is interrupted it ends soon, with any outcome.
     */
    Outcome on(ConsumerRecord<String, byte[]> record);
}
