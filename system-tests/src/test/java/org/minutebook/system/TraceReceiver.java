package org.minutebook.system;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** A collector of traces, by OTLP over HTTP, that keeps what it is told. */
final class TraceReceiver implements AutoCloseable {

    private static final HexFormat HEX = HexFormat.of();

    /**
     * A step as it was told.
     *
     * @param service that took it
     * @param parent the step before, empty where it is the first
     */
    record Told(
            String trace,
            String id,
            String parent,
            String service,
            String name,
            long nanoseconds) {}

    private final HttpServer server;
    private final Queue<Told> steps = new ConcurrentLinkedQueue<>();

    TraceReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext(
                "/v1/traces",
                exchange -> {
                    take(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
                    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
    }

    String address() {
        return "http://127.0.0.1:%d/v1/traces".formatted(server.getAddress().getPort());
    }

    /** The steps of a trace, in the order in which they were told. */
    List<Told> of(String trace) {
        return steps.stream().filter(step -> step.trace().equals(trace)).toList();
    }

    private void take(ExportTraceServiceRequest request) {
        for (ResourceSpans resource : request.getResourceSpansList()) {
            String service =
                    resource.getResource().getAttributesList().stream()
                            .filter(attribute -> attribute.getKey().equals("service.name"))
                            .map(attribute -> attribute.getValue().getStringValue())
                            .findFirst()
                            .orElse("");
            Stream<Span> spans =
                    resource.getScopeSpansList().stream()
                            .flatMap(scope -> scope.getSpansList().stream());
            spans.forEach(span ->
                    steps.add(
                            new Told(
                                    HEX.formatHex(span.getTraceId().toByteArray()),
                                    HEX.formatHex(span.getSpanId().toByteArray()),
                                    HEX.formatHex(span.getParentSpanId().toByteArray()),
                                    service,
                                    span.getName(),
                                    span.getEndTimeUnixNano() - span.getStartTimeUnixNano())));
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
