package org.minutebook.ingest.web;

import java.io.UncheckedIOException;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.ingest.DocumentIntake.EmptyDocumentException;
import org.minutebook.ingest.DocumentIntake.NoRoomException;
import org.minutebook.ingest.RegistryUnavailableException;
import org.minutebook.store.ContentTooLargeException;
import org.minutebook.store.StoreFullException;
import org.minutebook.store.StoreUnavailableException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * What goes wrong, as RFC 9457 problems with a {@code code} for scripts and a sentence for people.
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final String RETRY_AFTER_SECONDS = "5";

    /** The request says something that makes no sense. */
    static final class BadRequestException extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadRequestException(String message) {
            super(message);
        }
    }

    /** There is no such document. */
    static final class NotThereException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(BadRequestException e) {
        return problem(HttpStatus.BAD_REQUEST, "BAD_REQUEST", String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NotThereException e) {
        return problem(HttpStatus.NOT_FOUND, "NOT_FOUND", "There is no document with this id.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(EmptyDocumentException e) {
        return problem(HttpStatus.UNPROCESSABLE_CONTENT, RefusalReason.EMPTY);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(ContentTooLargeException e) {
        return problem(
                HttpStatus.CONTENT_TOO_LARGE,
                RefusalReason.TOO_LARGE.name(),
                "The document is larger than %d bytes, the limit minutebook.ingest.max-size."
                        .formatted(e.limit()));
    }

    @Override
    protected ResponseEntity<Object> handleMaxUploadSizeExceededException(
            MaxUploadSizeExceededException e,
            HttpHeaders headers,
            org.springframework.http.HttpStatusCode status,
            org.springframework.web.context.request.WebRequest request) {
        ResponseEntity<ProblemDetail> answer =
                problem(HttpStatus.CONTENT_TOO_LARGE, RefusalReason.TOO_LARGE);
        return ResponseEntity.status(answer.getStatusCode()).body(answer.getBody());
    }

    @ExceptionHandler({NoRoomException.class, StoreFullException.class})
    ResponseEntity<ProblemDetail> noRoom(RuntimeException e) {
        return problem(
                HttpStatus.INSUFFICIENT_STORAGE,
                "NO_ROOM",
                "The disk is nearly full. Make room, then send the document again; nothing was kept of it.");
    }

    @ExceptionHandler({StoreUnavailableException.class, RegistryUnavailableException.class})
    ResponseEntity<ProblemDetail> away(RuntimeException e) {
        logger.warn("a dependency is away", e);
        ResponseEntity<ProblemDetail> answer =
                problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "AWAY",
                        "A part of the service is away. Try again in a few seconds.");
        return ResponseEntity.status(answer.getStatusCode())
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .body(answer.getBody());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(UncheckedIOException e) {
        return problem(
                HttpStatus.BAD_REQUEST,
                "INCOMPLETE",
                "The upload broke off; nothing was kept of it.");
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, RefusalReason reason) {
        return problem(status, reason.name(), reason.explanation());
    }

    private static ResponseEntity<ProblemDetail> problem(
            HttpStatus status, String code, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("code", code);
        return ResponseEntity.status(status).body(problem);
    }
}
