package org.minutebook.ingest.web;

import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.ingest.DocumentIntake.DeletedMeanwhileException;
import org.minutebook.ingest.DocumentIntake.NoRoomException;
import org.minutebook.ingest.DocumentIntake.TooMuchWaitingException;
import org.minutebook.ingest.FileOutcome;
import org.minutebook.ingest.RegistryUnavailableException;
import org.minutebook.manifest.ManifestException;
import org.minutebook.store.RecordUnreadableException;
import org.minutebook.store.StoreFullException;
import org.minutebook.store.StoreUnavailableException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * What goes wrong, as RFC 9457 problems with a {@code code} for scripts and a sentence for people.
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final String RETRY_AFTER_SECONDS = "5";

    /** What the request asks for cannot be. */
    abstract static class RequestException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final HttpStatus status;
        private final String code;

        RequestException(HttpStatus status, String code, String detail) {
            super(detail);
            this.status = status;
            this.code = code;
        }
    }

    /** The request says something that makes no sense. */
    static final class BadRequestException extends RequestException {
        private static final long serialVersionUID = 1;

        BadRequestException(String message) {
            super(HttpStatus.BAD_REQUEST, "BAD_REQUEST", message);
        }
    }

    /** The body is no form. */
    static final class NotAFormException extends RequestException {
        private static final long serialVersionUID = 1;

        NotAFormException() {
            super(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "FORM_NEEDED",
                    "Documents are sent as multipart/form-data, each as a part 'file'.");
        }
    }

    /** A single file was refused. */
    static final class RefusedUploadException extends RequestException {
        private static final long serialVersionUID = 1;

        RefusedUploadException(FileOutcome.Refused refusal) {
            super(
                    refusal.code().equals(RefusalReason.TOO_LARGE.name())
                            ? HttpStatus.CONTENT_TOO_LARGE
                            : HttpStatus.UNPROCESSABLE_CONTENT,
                    refusal.code(),
                    refusal.detail());
        }
    }

    /** As many uploads as allowed are under way. */
    static final class TooManyUploadsException extends RequestException {
        private static final long serialVersionUID = 1;

        TooManyUploadsException() {
            super(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "TOO_MANY_UPLOADS",
                    "As many uploads as allowed are under way. Try again in a few seconds.");
        }
    }

    /** There is a key of this name already. */
    static final class NameTakenException extends RequestException {
        private static final long serialVersionUID = 1;

        NameTakenException() {
            super(HttpStatus.CONFLICT, "NAME_TAKEN", "There is a key of this name already.");
        }
    }

    /** There is no such thing. */
    static final class NotThereException extends RequestException {
        private static final long serialVersionUID = 1;

        NotThereException() {
            super(HttpStatus.NOT_FOUND, "NOT_FOUND", "There is nothing of this name or id.");
        }
    }

    @ExceptionHandler({
        RequestException.class,
        ManifestException.class,
        DeletedMeanwhileException.class,
        TooMuchWaitingException.class,
        NoRoomException.class,
        StoreFullException.class,
        StoreUnavailableException.class,
        RecordUnreadableException.class,
        RegistryUnavailableException.class,
        UncheckedIOException.class
    })
    ResponseEntity<ProblemDetail> on(RuntimeException e) {
        ProblemDetail problem = of(e);
        if (problem == null) {
            throw e;
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus());
        if (problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return answer.body(problem);
    }

    /** The problem that a failure is; null where it is a bug of ours. */
    @Nullable ProblemDetail of(RuntimeException failure) {
        return switch (failure) {
            case RequestException e -> problem(e.status, e.code, String.valueOf(e.getMessage()));
            case ManifestException e -> {
                ProblemDetail problem =
                        problem(
                                HttpStatus.UNPROCESSABLE_CONTENT,
                                "BAD_MANIFEST",
                                "The manifest cannot be followed, so nothing was taken in: "
                                        + e.getMessage());
                problem.setProperty("errors", e.problems());
                yield problem;
            }
            case DeletedMeanwhileException _ ->
                    problem(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "DELETED_MEANWHILE",
                            "The same document was deleted, or another upload of it broke off, while it came in. Send it again.");
            case TooMuchWaitingException e ->
                    problem(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "TOO_MUCH_WAITING",
                            "%d documents wait to be announced, the limit minutebook.ingest.most-waiting. Try again when the broker is back."
                                    .formatted(e.limit()));
            case NoRoomException _ -> noRoom();
            case StoreFullException _ -> noRoom();
            case StoreUnavailableException e -> away(e);
            case RecordUnreadableException e -> damaged(e);
            case RegistryUnavailableException e -> away(e);
            case UncheckedIOException e -> brokenOff(e);
            default -> null;
        };
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return ResponseEntity.badRequest()
                .body(
                        problem(
                                HttpStatus.BAD_REQUEST,
                                "BAD_REQUEST",
                                "The body is no JSON of the form that /openapi.json describes."));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return ResponseEntity.status(HttpStatus.NOT_FOUND)
                .body(
                        problem(
                                HttpStatus.NOT_FOUND,
                                "NOT_FOUND",
                                "There is nothing at this address. /openapi.json tells which there are."));
    }

    private static ProblemDetail noRoom() {
        return problem(
                HttpStatus.INSUFFICIENT_STORAGE,
                "NO_ROOM",
                "The disk is nearly full. Make room, then send the document again; nothing was kept of it.");
    }

    private ProblemDetail away(RuntimeException e) {
        logger.warn("a dependency is away: " + NestedExceptionUtils.getMostSpecificCause(e));
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "AWAY",
                "A part of the service is away. Try again in a few seconds.");
    }

    private ProblemDetail damaged(RecordUnreadableException e) {
        logger.error("A record has to be brought back from a copy of the store", e);
        return problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "RECORD_DAMAGED",
                "What the store says of the document is damaged. Whoever runs the service has to bring it back from a copy; trying again does not help.");
    }

    /** Whose fault it is: the sender's, who broke off, sent too much, or drips. */
    private static ProblemDetail brokenOff(UncheckedIOException e) {
        return switch (Objects.requireNonNull(e.getCause())) {
            case FileUploadSizeException size ->
                    problem(
                            HttpStatus.CONTENT_TOO_LARGE,
                            RefusalReason.TOO_LARGE.name(),
                            "The request, or a header in it, is larger than %d bytes; see the limit minutebook.ingest.max-request."
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

    private static ProblemDetail problem(HttpStatus status, String code, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("code", code);
        return problem;
    }
}
