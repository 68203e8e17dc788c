package org.minutebook.extract.kafka;

import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.minutebook.contracts.TraceContext;
import org.minutebook.traces.AboutDocument;
import org.minutebook.traces.Traces;

/** Work that is told as a step of its document's trace, and whose log lines name the document. */
final class TracedWork implements Work {

    private final Work work;
    private final Traces traces;
    private final Clock clock;

    TracedWork(Work work, Traces traces, Clock clock) {
        this.work = work;
        this.traces = traces;
        this.clock = clock;
    }

    @Override
    public Outcome on(ConsumerRecord<String, byte[]> record) {
        Instant from = clock.instant();
        try (AboutDocument _ = AboutDocument.of(record.key())) {
            Outcome outcome = work.on(record);
            // A tombstone, or a record that a newer one overtook, is no step of anything.
            if (outcome != Outcome.Done.SILENTLY) {
                Events.trace(record).ifPresent(before -> tell(record, before, from, outcome));
            }
            return outcome;
        }
    }

    private void tell(
            ConsumerRecord<String, byte[]> record,
            TraceContext before,
            Instant from,
            Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            traces.followed(before, Events.step(record), from, clock.instant());
        } else {
            traces.failed(
                    before,
                    Events.step(record),
                    from,
                    clock.instant(),
                    outcome.getClass().getSimpleName());
        }
    }
}
