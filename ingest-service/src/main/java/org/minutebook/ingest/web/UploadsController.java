package org.minutebook.ingest.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.minutebook.ingest.FileOutcome;
import org.minutebook.ingest.RegistryEntry;
import org.minutebook.ingest.web.Problems.RefusedUploadException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/v1/documents}: one file, several, or archives of them. */
@RestController
class UploadsController {

    private final Uploads uploads;

    UploadsController(Uploads uploads) {
        this.uploads = uploads;
    }

    /**
     * What became of a single file.
     *
     * @param document the document as it is now
     * @param metadataDiffers whether the bytes were there with other metadata
     */
    record Uploaded(RegistryEntry document, boolean metadataDiffers) {}

    /**
     * What became of several files.
     *
     * @param files one entry a file, in the order in which they came
     * @param notSent files that the manifest names and that did not come
     */
    record ManyUploaded(List<FileAnswer> files, List<String> notSent) {}

    /**
     * What became of one of several files.
     *
     * @param file its name
     * @param outcome {@code ACCEPTED}, {@code KNOWN} or {@code REFUSED}
     * @param document the document; null where it was refused
     * @param metadataDiffers whether the bytes were there with other metadata
     * @param reason code of the reason where it was refused
     * @param detail a sentence for a person where it was refused
     */
    record FileAnswer(
            String file,
            String outcome,
            @Nullable RegistryEntry document,
            boolean metadataDiffers,
            @Nullable String reason,
            @Nullable String detail) {

        static FileAnswer of(FileOutcome outcome) {
            return switch (outcome) {
                case FileOutcome.Accepted(String file, var document) ->
                        new FileAnswer(
                                file,
                                "ACCEPTED",
                                RegistryEntry.ofStored(document),
                                false,
                                null,
                                null);
                case FileOutcome.Known(String file, var document, boolean differs) ->
                        new FileAnswer(
                                file,
                                "KNOWN",
                                RegistryEntry.ofStored(document),
                                differs,
                                null,
                                null);
                case FileOutcome.Refused(String file, String code, String detail) ->
                        new FileAnswer(file, "REFUSED", null, false, code, detail);
            };
        }
    }

    @PostMapping("/api/v1/documents")
    ResponseEntity<?> upload(HttpServletRequest request) throws InterruptedException {
        Uploads.Taken taken = uploads.take(request);
        return taken.single()
                ? single(taken.outcomes().getFirst())
                : many(taken.outcomes(), taken.notSent());
    }

    private static ResponseEntity<Uploaded> single(FileOutcome outcome) {
        return switch (outcome) {
            case FileOutcome.Accepted(_, var document) ->
                    ResponseEntity.accepted()
                            .location(addressOf(document.id()))
                            .body(new Uploaded(RegistryEntry.ofStored(document), false));
            case FileOutcome.Known(_, var document, boolean differs) ->
                    ResponseEntity.ok()
                            .location(addressOf(document.id()))
                            .body(new Uploaded(RegistryEntry.ofStored(document), differs));
            case FileOutcome.Refused refused -> throw new RefusedUploadException(refused);
        };
    }

    private static URI addressOf(DocumentId id) {
        return URI.create("/api/v1/documents/" + id);
    }

    private static ResponseEntity<ManyUploaded> many(
            List<FileOutcome> outcomes, List<String> notSent) {
        HttpStatus status = HttpStatus.UNPROCESSABLE_CONTENT;
        for (FileOutcome outcome : outcomes) {
            if (outcome instanceof FileOutcome.Accepted) {
                status = HttpStatus.ACCEPTED;
                break;
            }
            if (outcome instanceof FileOutcome.Known) {
                status = HttpStatus.OK;
            }
        }
        return ResponseEntity.status(status)
                .body(new ManyUploaded(outcomes.stream().map(FileAnswer::of).toList(), notSent));
    }
}
