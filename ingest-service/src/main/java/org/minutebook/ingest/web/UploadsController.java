package org.minutebook.ingest.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.minutebook.ingest.BatchEntry;
import org.minutebook.ingest.Deliveries;
import org.minutebook.ingest.Delivery;
import org.minutebook.ingest.DocumentIntake;
import org.minutebook.ingest.FileOutcome;
import org.minutebook.ingest.IngestSettings;
import org.minutebook.ingest.RegistryEntry;
import org.minutebook.ingest.elasticsearch.BatchEntries;
import org.minutebook.ingest.web.Problems.BadRequestException;
import org.minutebook.ingest.web.Problems.RefusedUploadException;
import org.minutebook.ingest.web.Problems.TooManyUploadsException;
import org.minutebook.store.DocumentStore;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/v1/documents}: one file, several, or archives of them. */
@RestController
class UploadsController {

    private static final int WAIT_SECONDS = 2;

    /** Documents that the audit names of one upload. */
    private static final int MOST_NAMED = 20;

    private final Deliveries deliveries;
    private final DocumentIntake intake;
    private final DocumentStore store;
    private final UploadForm form;
    private final BatchEntries batchEntries;
    private final Clock clock;
    private final Semaphore places;

    UploadsController(
            Deliveries deliveries,
            DocumentIntake intake,
            DocumentStore store,
            UploadForm form,
            BatchEntries batchEntries,
            Clock clock,
            IngestSettings settings) {
        this.batchEntries = batchEntries;
        this.clock = clock;
        this.deliveries = deliveries;
        this.intake = intake;
        this.store = store;
        this.form = form;
        this.places = new Semaphore(settings.parallelUploads());
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
        if (!places.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new TooManyUploadsException();
        }
        try (Delivery delivery = deliveries.open()) {
            intake.requireRoom();
            Delivery.Terms terms = form.read(request, delivery);
            requireThere(terms.replaces());
            if (delivery.isEmpty()) {
                throw new BadRequestException(
                        "The form has no part 'file'; a document is sent as one.");
            }
            List<FileOutcome> outcomes = delivery.finish(terms);
            request.setAttribute(KeyFilter.ABOUT, about(outcomes));
            enter(terms.batch(), outcomes);
            return delivery.isSingle()
                    ? single(outcomes.getFirst())
                    : many(outcomes, terms.manifest().missing(delivery.names()));
        } finally {
            places.release();
        }
    }

    /** New documents enter the batch when their announcement comes back. */
    private void enter(@Nullable String batch, List<FileOutcome> outcomes) {
        if (batch != null) {
            batchEntries.enterSoon(
                    outcomes.stream()
                            .filter(outcome -> !(outcome instanceof FileOutcome.Accepted))
                            .map(outcome -> BatchEntry.of(batch, outcome, clock.instant()))
                            .toList());
        }
    }

    /** Ids of the documents, a few of them. */
    private static String about(List<FileOutcome> outcomes) {
        List<String> ids = new ArrayList<>();
        for (FileOutcome outcome : outcomes) {
            if (outcome instanceof FileOutcome.Accepted(_, var document)) {
                ids.add(document.id().value());
            }
        }
        return ids.size() <= MOST_NAMED
                ? String.join(",", ids)
                : String.join(",", ids.subList(0, MOST_NAMED)) + ",… " + ids.size() + " documents";
    }

    private void requireThere(@Nullable DocumentId replaced) {
        if (replaced != null && store.record(replaced).isEmpty()) {
            throw new BadRequestException(
                    "replaces '%s', and there is no such document".formatted(replaced));
        }
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
