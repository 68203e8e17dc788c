package org.minutebook.traces;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where each document's way through the services is told. All services of an installation have the
 * same.
 *
 * @param endpoint address that takes traces by OTLP over HTTP, as {@code
 *     http://collector:4318/v1/traces}; none tells nobody
 */
@ConfigurationProperties("minutebook.traces")
public record TraceSettings(@Nullable URI endpoint) {}
