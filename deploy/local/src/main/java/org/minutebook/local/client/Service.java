package org.minutebook.local.client;

import com.github.mizosoft.methanol.Methanol;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How any of the services is talked to: JSON answers, RFC 9457 problems. */
final class Service {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int NO_ROOM = 507;

    private final JsonMapper json = JsonMapper.builder().build();
    private final String name;
    private final URI address;
    private final HttpClient http =
            Methanol.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_LIMIT)
                    .build();

    Service(String name, URI address) {
        this.name = name;
        this.address = address;
    }

    URI at(String path) {
        return address.resolve(path);
    }

    byte[] write(Object value) {
        return json.writeValueAsBytes(value);
    }

    /**
     * Sends the request and reads the answer.
     *
     * @throws AwayException if there is no answer, or one that says "later"
     * @throws RejectedException if the answer is a refusal
     */
    <T> T send(HttpRequest request, Class<T> type) {
        return read(answer(request), type);
    }

    /**
     * Sends a request with files, and reads the answer.
     *
     * @param limit the request's own
     * @throws AwayException if there is no answer, or one that says "later"
     * @throws RejectedException if the answer is a refusal
     * @throws SlowUploadException if the answer is not there in time
     * @throws UnreadableException if a file cannot be read
     */
    <T> T upload(HttpRequest request, Duration limit, Class<T> type) {
        try {
            return read(answerInTime(request), type);
        } catch (HttpTimeoutException e) {
            throw new SlowUploadException(limit);
        }
    }

    /**
     * Sends the request and returns the answer as it is.
     *
     * @throws AwayException if there is no answer, or one that says "later"
     * @throws RejectedException if the answer is a refusal
     */
    String text(HttpRequest request) {
        return new String(answer(request).body(), StandardCharsets.UTF_8);
    }

    private <T> T read(HttpResponse<byte[]> answer, Class<T> type) {
        try {
            return json.readValue(answer.body(), type);
        } catch (JacksonException e) {
            throw new RejectedException(
                    answer.statusCode(),
                    "NOT_MINUTEBOOK",
                    "What answers at %s is not %s.".formatted(address, name));
        }
    }

    private HttpResponse<byte[]> answer(HttpRequest request) {
        try {
            return answerInTime(request);
        } catch (HttpTimeoutException e) {
            throw brokeOff(e);
        }
    }

    private HttpResponse<byte[]> answerInTime(HttpRequest request) throws HttpTimeoutException {
        HttpResponse<byte[]> answer;
        try {
            answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new AwayException("%s does not answer at %s".formatted(name, address), null);
        } catch (HttpTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw brokeOff(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwayException("interrupted", null);
        }
        if (answer.statusCode() / 100 != 2) {
            throw problem(answer);
        }
        return answer;
    }

    /** By the service, or by a file that was being sent. */
    private RuntimeException brokeOff(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreadableException unreadable) {
                return unreadable;
            }
        }
        return new AwayException("%s broke off: %s".formatted(name, e.getMessage()), null);
    }

    private RuntimeException problem(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        JsonNode body = body(answer);
        String detail = body.path("detail").asString("status " + status);
        if (status == UNAVAILABLE || status == NO_ROOM || status == TOO_MANY || status == 502) {
            return new AwayException(name + ": " + withoutFullStop(detail), retryAfter(answer));
        }
        if (status == NOT_FOUND && body.isMissingNode()) {
            detail = "What answers at %s is not %s.".formatted(address, name);
        }
        return new RejectedException(
                status, body.path("code").asString("STATUS_" + status), detail);
    }

    /** As part of a longer sentence. */
    private static String withoutFullStop(String detail) {
        return detail.endsWith(".") ? detail.substring(0, detail.length() - 1) : detail;
    }

    private JsonNode body(HttpResponse<byte[]> answer) {
        try {
            return json.readTree(new String(answer.body(), StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            return json.missingNode();
        }
    }

    private static @Nullable Duration retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,5}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(null);
    }
}
