package org.minutebook.search.alerts.web;

import java.net.URI;
import java.util.Map;
import org.minutebook.search.alerts.subscriptions.Subscriptions;
import org.minutebook.search.items.NotThereException;
import org.minutebook.search.items.SearchAwayException;
import org.minutebook.search.items.WrongInputException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Failures of the programs' interface as problem details. Source: RFC 9457. */
@RestControllerAdvice(assignableTypes = SubscriptionsController.class)
class AlertProblems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(AlertProblems.class);

    private static final String SOON_SECONDS = "5";
    private static final String LATER_SECONDS = "600";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> wrongInput(WrongInputException e) {
        ProblemDetail problem =
                problem(
                        HttpStatus.BAD_REQUEST,
                        "wrong-input",
                        "Wrong input",
                        e.parameter() + ": " + e.getMessage());
        problem.setProperties(Map.of("parameter", e.parameter()));
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> notThere(NotThereException e) {
        return answer(
                HttpStatus.NOT_FOUND, "not-there", "Not there", String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> keyNeeded(Keys.KeyNeededException e) {
        return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .body(
                        problem(
                                HttpStatus.UNAUTHORIZED,
                                "key-needed",
                                "Key needed",
                                "Send the operator's key, or that of the subscription, in the header Authorization: Bearer <key>."));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooMany(Subscribing.TooManyException e) {
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, LATER_SECONDS)
                .body(
                        problem(
                                HttpStatus.TOO_MANY_REQUESTS,
                                "too-many",
                                "Too many requests",
                                "So many subscriptions were asked for from this address. Try again later."));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> noMail(Subscribing.NoMailException e) {
        return answer(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "no-mail",
                "No e-mail",
                "This site sends no e-mail. Use a webhook or a feed.");
    }

    @ExceptionHandler({Subscriptions.AwayException.class, SearchAwayException.class})
    ResponseEntity<ProblemDetail> away(RuntimeException e) {
        log.warn("{}: {}", e.getMessage(), String.valueOf(e.getCause()));
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, SOON_SECONDS)
                .body(
                        problem(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "away",
                                "Not available now",
                                "Alerts are not available now. Try again in a few seconds."));
    }

    private static ResponseEntity<ProblemDetail> answer(
            HttpStatus status, String type, String title, String detail) {
        return ResponseEntity.status(status).body(problem(status, type, title, detail));
    }

    private static ProblemDetail problem(
            HttpStatus status, String type, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:minutebook:problem:" + type));
        problem.setTitle(title);
        return problem;
    }
}
