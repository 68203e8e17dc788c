package org.minutebook.extract.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.minutebook.contracts.Topic;
import org.minutebook.extract.ExtractSettings;
import org.minutebook.extract.ocr.ScanReader;
import org.minutebook.extract.workers.Workers;
import org.minutebook.traces.Traces;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

/** The lanes of the service: uploaded documents, and those that wait for OCR. */
@Configuration(proxyBeanMethods = false)
class Lanes {

    /** Longer than the other services of a small machine take to start after this one. */
    private static final Duration OTHERS_START = Duration.ofSeconds(20);

    /**
     * Records of a partition under way: enough to keep the processors busy behind a long document,
     * few enough to hold their results in memory (at most 900 kB each).
     */
    private static final int PER_PARTITION = 8;

    /**
     * Documents that came by themselves, read besides when all workers are busy with others: else
     * two bad ones of a bulk import could hold them up for minutes.
     */
    private static final int SPARE = 1;

    private final ConsumerFactory<String, byte[]> consumers;
    private final ProducerFactory<?, ?> producers;
    private final KafkaAdmin admin;
    private final ExtractSettings settings;
    private final String instance;
    private final Traces traces;
    private final Clock clock;

    Lanes(
            ConsumerFactory<String, byte[]> consumers,
            ProducerFactory<?, ?> producers,
            KafkaAdmin admin,
            ExtractSettings settings,
            Traces traces,
            Clock clock,
            @Value("${server.port}") int port)
            throws UnknownHostException {
        this.consumers = consumers;
        this.producers = producers;
        this.admin = admin;
        this.settings = settings;
        this.traces = traces;
        this.clock = clock;
        this.instance =
                settings.instance() != null
                        ? settings.instance()
                        : InetAddress.getLocalHost().getHostName() + "-" + port;
    }

    @Bean
    Workers workers(MeterRegistry metrics) {
        Workers workers =
                new Workers(
                        settings,
                        Path.of(System.getProperty("java.io.tmpdir")),
                        (cause, tries) ->
                                metrics.counter("minutebook.extract.worker.deaths", "cause", cause)
                                        .increment());
        // There from the start, so that a rate has something to begin from.
        Workers.deathCauses()
                .forEach(cause ->
                        metrics.counter("minutebook.extract.worker.deaths", "cause", cause));
        metrics.gauge("minutebook.extract.workers", workers, Workers::count);
        return workers;
    }

    /** Once the service is up, and what starts beside it: before, they would only hold it up. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> keptWorkers(Workers workers) {
        return ready -> workers.startKept(OTHERS_START);
    }

    @Bean
    Lane uploadedLane(UploadedDocuments work, DeadLetters deadLetters) {
        return lane(
                "extract", Topic.DOCUMENTS_UPLOADED, work, settings.workers(), SPARE, deadLetters);
    }

    @Bean
    ScanReader scanReader(Workers workers) {
        return new ScanReader(settings.ocr(), workers::readPage);
    }

    @Bean
    Lane scannedLane(ScannedDocuments work, DeadLetters deadLetters) {
        return lane("ocr", Topic.DOCUMENTS_SCANNED, work, settings.ocr().workers(), 0, deadLetters);
    }

    private Lane lane(
            String name,
            Topic<?> topic,
            Work work,
            int workers,
            int spare,
            DeadLetters deadLetters) {
        return new Lane(
                name,
                topic.name(),
                new TracedWork(work, traces, clock),
                new LaneClients(name, instance, PER_PARTITION, consumers, producers, admin),
                deadLetters,
                new Lane.Limits(
                        workers, spare, PER_PARTITION, settings.batch(), settings.linger()));
    }
}
