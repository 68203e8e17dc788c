package org.minutebook.traces;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.TraceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a collector of the steps that documents took. Where none is named nothing is told. How long
 * steps took is measured in any case: the timer {@code minutebook.step}.
 *
 * <p>A step is told when it is over, in the background, and forgotten where the collector does not
 * take it: documents do not wait for it. It is also told in the log, a success only where {@code
 * logging.level.org.minutebook.traces=debug} asks for it. The names of steps are those of {@link
 * Step}.
 */
public final class Traces implements AutoCloseable {

    /** How spans and log lines name the document. */
    static final String DOCUMENT = "minutebook.document";

    private static final Logger log = LoggerFactory.getLogger(Traces.class);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Bounds of what is told apart in the histogram; a scan of many pages takes minutes. */
    private static final Duration SHORTEST = Duration.ofMillis(10);

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final @Nullable SdkTracerProvider provider;
    private final @Nullable Tracer tracer;
    private final MeterRegistry meters;
    private final GivenIds ids = new GivenIds();

    /**
     * Traces of a service.
     *
     * @param service its name, as collectors show it
     */
    public Traces(TraceSettings settings, String service, MeterRegistry meters) {
        this.meters = meters;
        if (settings.endpoint() == null) {
            provider = null;
            tracer = null;
            return;
        }
        provider =
                SdkTracerProvider.builder()
                        .setResource(
                                Resource.builder()
                                        .put(AttributeKey.stringKey("service.name"), service)
                                        .build())
                        .setIdGenerator(ids)
                        .addSpanProcessor(
                                BatchSpanProcessor.builder(
                                                OtlpHttpSpanExporter.builder()
                                                        .setEndpoint(settings.endpoint().toString())
                                                        .setConnectTimeout(PATIENCE)
                                                        .setTimeout(PATIENCE)
                                                        .build())
                                        .setScheduleDelay(Duration.ofSeconds(1))
                                        .build())
                        .build();
        tracer = provider.get("org.minutebook");
    }

    /** The first step of a trace is over. */
    public void began(TraceContext step, Step name, Instant from, Instant to) {
        tell(step, null, name, from, to, null);
    }

    /** A step is over that followed another. */
    public void followed(TraceContext before, Step name, Instant from, Instant to) {
        tell(before.next(name.wireName()), before, name, from, to, null);
    }

    /**
     * The same, where several of one name follow.
     *
     * @param which tells it from the others
     */
    public void followed(TraceContext before, Step name, String which, Instant from, Instant to) {
        tell(before.next(name.wireName() + which), before, name, from, to, null);
    }

    /**
     * A step is over that followed another and failed.
     *
     * @param why in a few words
     */
    public void failed(TraceContext before, Step name, Instant from, Instant to, String why) {
        tell(before.next(name.wireName()), before, name, from, to, why);
    }

    private void tell(
            TraceContext step,
            @Nullable TraceContext before,
            Step name,
            Instant from,
            Instant to,
            @Nullable String why) {
        Duration took = Duration.between(from, to);
        Timer.builder("minutebook.step")
                .description("Time that a step took of a document's way through the services")
                .tag("step", name.wireName())
                .tag("outcome", why == null ? "success" : "failure")
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(meters)
                .record(took);
        log(step, name, took, why);
        if (tracer == null) {
            return;
        }
        SpanBuilder builder =
                tracer.spanBuilder(name.wireName())
                        .setSpanKind(before == null ? SpanKind.SERVER : SpanKind.CONSUMER)
                        .setAttribute(DOCUMENT, step.traceId())
                        .setStartTimestamp(from);
        if (before == null) {
            builder.setNoParent();
        } else {
            builder.setParent(
                    Context.root()
                            .with(
                                    Span.wrap(
                                            SpanContext.createFromRemoteParent(
                                                    before.traceId(),
                                                    before.spanId(),
                                                    TraceFlags.getSampled(),
                                                    TraceState.getDefault()))));
        }
        Span span = ids.with(step, builder::startSpan);
        if (why != null) {
            span.setStatus(StatusCode.ERROR, why);
        }
        span.end(to);
    }

    private static void log(TraceContext step, Step name, Duration took, @Nullable String why) {
        if (why == null && !log.isDebugEnabled()) {
            return; // each step of each document comes by here
        }
        try (AboutDocument _ = AboutDocument.of(step.traceId())) {
            if (why == null) {
                log.debug("{} took {} ms", name.wireName(), took.toMillis());
            } else {
                log.info("{} failed after {} ms: {}", name.wireName(), took.toMillis(), why);
            }
        }
    }

    /** Tells what is still to be told, for a moment. */
    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Hands the library the ids that steps have already, where it would make up its own. */
    private static final class GivenIds implements IdGenerator {

        private static final ScopedValue<TraceContext> STEP = ScopedValue.newInstance();

        Span with(TraceContext step, Supplier<Span> start) {
            return ScopedValue.where(STEP, step).call(start::get);
        }

        @Override
        public String generateSpanId() {
            return STEP.get().spanId();
        }

        @Override
        public String generateTraceId() {
            return STEP.get().traceId();
        }
    }
}
