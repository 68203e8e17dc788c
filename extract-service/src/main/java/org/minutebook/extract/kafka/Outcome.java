package org.minutebook.extract.kafka;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What became of one record of a lane: decides what happens to its offset. */
sealed interface Outcome {

    /**
     * Done: these records and the offset are committed as one. A refused document is done, too: its
     * refusal is among the records.
     *
     * @param records in the order in which they are sent; empty for a record that was out of date
     */
    record Done(List<ProducerRecord<String, byte[]>> records) implements Outcome {
        /** Nothing is to be said. */
        static final Done SILENTLY = new Done(List.of());

        public Done {
            records = List.copyOf(records);
        }
    }

    /**
     * Something that is needed is away. The lane pauses and tries this record again, without end;
     * nothing is sent and the offset stays.
     *
     * @param cause what is away
     */
    record Retried(Exception cause) implements Outcome {}

    /**
     * Ours to mend. The record goes to the dead letters as it was, with its cause; the offset moves
     * on.
     *
     * @param cause the bug, or why the record cannot be read
     * @param notices what is sent beside it, so that people see it
     */
    record DeadLettered(Throwable cause, List<ProducerRecord<String, byte[]>> notices)
            implements Outcome {
        public DeadLettered {
            notices = List.copyOf(notices);
        }
    }
}
