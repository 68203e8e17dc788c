package org.minutebook.search.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells who asks too much to come again, before the request has reached anything else. */
@Component
class Refusals {

    private final JsonMapper json;

    Refusals(JsonMapper json) {
        this.json = json;
    }

    /**
     * Answers with a problem.
     *
     * @param type last part of its name, as {@code busy} in {@code urn:minutebook:problem:busy}
     * @param seconds when to come again, for {@code Retry-After}
     */
    void write(
            HttpServletResponse response,
            HttpStatus status,
            String type,
            String title,
            String detail,
            long seconds)
            throws IOException {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:minutebook:problem:" + type));
        problem.setTitle(title);
        response.setStatus(status.value());
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }
}
