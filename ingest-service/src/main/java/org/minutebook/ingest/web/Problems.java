package org.minutebook.ingest.web;

import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.ingest.DocumentIntake.DeletedMeanwhileException;
import org.minutebook.ingest.DocumentIntake.NoRoomException;
import org.minutebook.ingest.FileOutcome;
import org.minutebook.ingest.RegistryUnavailableException;
import org.minutebook.ingest.manifest.ManifestException;
import org.minutebook.store.StoreFullException;
import org.minutebook.store.StoreUnavailableException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
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

    /** The body is no form. */
    static final class NotAFormException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A single file was refused. */
    static final class RefusedUploadException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient FileOutcome.Refused refusal;

        RefusedUploadException(FileOutcome.Refused refusal) {
            super(refusal.detail());
            this.refusal = refusal;
        }
    }

    /** As many uploads as allowed are under way. */
    static final class TooManyUploadsException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** There is a key of this name already. */
    static final class NameTakenException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** There is no such thing. */
    static final class NotThereException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(BadRequestException e) {
        return problem(HttpStatus.BAD_REQUEST, "BAD_REQUEST", String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NotThereException e) {
        return problem(HttpStatus.NOT_FOUND, "NOT_FOUND", "There is nothing of this name or id.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NameTakenException e) {
        return problem(HttpStatus.CONFLICT, "NAME_TAKEN", "There is a key of this name already.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NotAFormException e) {
        return problem(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "FORM_NEEDED",
                "Documents are sent as multipart/form-data, each as a part 'file'.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(RefusedUploadException e) {
        HttpStatus status =
                e.refusal.code().equals(RefusalReason.TOO_LARGE.name())
                        ? HttpStatus.CONTENT_TOO_LARGE
                        : HttpStatus.UNPROCESSABLE_CONTENT;
        return problem(status, e.refusal.code(), e.refusal.detail());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(ManifestException e) {
        ResponseEntity<ProblemDetail> answer =
                problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "BAD_MANIFEST",
                        "The manifest cannot be followed, so nothing was taken in: "
                                + e.getMessage());
        ProblemDetail problem = Objects.requireNonNull(answer.getBody());
        problem.setProperty("errors", e.problems());
        return answer;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(TooManyUploadsException e) {
        return later(
                "TOO_MANY_UPLOADS",
                "As many uploads as allowed are under way. Try again in a few seconds.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(DeletedMeanwhileException e) {
        return later(
                "DELETED_MEANWHILE",
                "The same document was deleted while it came in. Send it again.");
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
        logger.warn("a dependency is away: " + NestedExceptionUtils.getMostSpecificCause(e));
        return later("AWAY", "A part of the service is away. Try again in a few seconds.");
    }

    private static ResponseEntity<ProblemDetail> later(String code, String detail) {
        ResponseEntity<ProblemDetail> answer =
                problem(HttpStatus.SERVICE_UNAVAILABLE, code, detail);
        return ResponseEntity.status(answer.getStatusCode())
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .body(answer.getBody());
    }

    /** Whose fault it is: the sender's, who broke off, sent too much, or drips. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(UncheckedIOException e) {
        return switch (Objects.requireNonNull(e.getCause())) {
            case FileUploadSizeException size ->
                    problem(
                            HttpStatus.CONTENT_TOO_LARGE,
                            RefusalReason.TOO_LARGE.name(),
                            "The request is larger than %d bytes, the limit minutebook.ingest.max-request."
                                    .formatted(size.getPermitted()));
            case PacedInputStream.TooSlowException slow ->
                    problem(
                            HttpStatus.REQUEST_TIMEOUT,
                            "TOO_SLOW",
                            "The upload came at %s; nothing was kept of it."
                                    .formatted(slow.getMessage()));
            default ->
                    problem(
                            HttpStatus.BAD_REQUEST,
                            "INCOMPLETE",
                            "The upload broke off, or its form is damaged; nothing was kept of it.");
        };
    }

    private static ResponseEntity<ProblemDetail> problem(
            HttpStatus status, String code, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("code", code);
        return ResponseEntity.status(status).body(problem);
    }
}
