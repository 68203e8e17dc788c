package org.minutebook.search.web.api;

import java.net.URI;
import java.util.Map;
import org.minutebook.search.items.NotThereException;
import org.minutebook.search.items.SearchAwayException;
import org.minutebook.search.items.WrongInputException;
import org.minutebook.search.pictures.PicturesBusyException;
import org.minutebook.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Failures of what programs ask for as problem details. Source: RFC 9457. */
@RestControllerAdvice({"org.minutebook.search.web.api", "org.minutebook.search.web.feeds"})
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    /** When to ask again, in seconds. */
    private static final String SOON = "5";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> wrongInput(WrongInputException e) {
        ProblemDetail problem =
                problem(
                        HttpStatus.BAD_REQUEST,
                        "wrong-input",
                        "Wrong input",
                        e.parameter() + ": " + e.getMessage());
        problem.setProperties(Map.of("parameter", e.parameter()));
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> notThere(NotThereException e) {
        return answer(
                problem(
                        HttpStatus.NOT_FOUND,
                        "not-there",
                        "Not there",
                        String.valueOf(e.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> searchAway(SearchAwayException e) {
        log.warn("{}: {}", e.getMessage(), String.valueOf(e.getCause()));
        return away("Search is not available now. Try again in a few seconds.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> storeAway(StoreUnavailableException e) {
        log.warn("The document store does not answer: {}", e.getMessage());
        return away("The documents are not available now. Try again in a few seconds.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> picturesBusy(PicturesBusyException e) {
        return away("Many pictures are being drawn. Try again in a few seconds.");
    }

    private static ResponseEntity<ProblemDetail> away(String detail) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, SOON)
                .body(problem(HttpStatus.SERVICE_UNAVAILABLE, "away", "Not available now", detail));
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    private static ProblemDetail problem(
            HttpStatus status, String type, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:minutebook:problem:" + type));
        problem.setTitle(title);
        return problem;
    }
}
