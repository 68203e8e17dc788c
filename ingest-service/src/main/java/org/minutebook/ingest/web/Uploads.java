package org.minutebook.ingest.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.ingest.BatchEntry;
import org.minutebook.ingest.Deliveries;
import org.minutebook.ingest.Delivery;
import org.minutebook.ingest.DocumentIntake;
import org.minutebook.ingest.FileOutcome;
import org.minutebook.ingest.IngestSettings;
import org.minutebook.ingest.elasticsearch.BatchEntries;
import org.minutebook.ingest.web.Problems.BadRequestException;
import org.minutebook.ingest.web.Problems.TooManyUploadsException;
import org.minutebook.store.DocumentStore;
import org.springframework.stereotype.Component;

/** Takes the form of an upload in, for the API and for the page alike. */
@Component
class Uploads {

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

    Uploads(
            Deliveries deliveries,
            DocumentIntake intake,
            DocumentStore store,
            UploadForm form,
            BatchEntries batchEntries,
            Clock clock,
            IngestSettings settings) {
        this.deliveries = deliveries;
        this.intake = intake;
        this.store = store;
        this.form = form;
        this.batchEntries = batchEntries;
        this.clock = clock;
        this.places = new Semaphore(settings.parallelUploads());
    }

    /**
     * What became of an upload.
     *
     * @param outcomes one a file, in the order in which they came
     * @param single whether it was no more than one plain file
     * @param notSent files that the manifest names and that did not come
     */
    record Taken(List<FileOutcome> outcomes, boolean single, List<String> notSent) {}

    /** Reads the form to its end; what it brought is durable when this returns. */
    Taken take(HttpServletRequest request) throws InterruptedException {
        if (!places.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new TooManyUploadsException();
        }
        try (Delivery delivery = deliveries.open()) {
            intake.requireRoom();
            intake.requireFewWaiting();
            Delivery.Terms terms = form.read(request, delivery);
            requireThere(terms.replaces());
            if (delivery.isEmpty()) {
                throw new BadRequestException(
                        "The form has no part 'file'; a document is sent as one.");
            }
            List<FileOutcome> outcomes = delivery.finish(terms);
            request.setAttribute(KeyFilter.ABOUT, about(outcomes));
            enter(terms.batch(), outcomes);
            return new Taken(
                    outcomes, delivery.isSingle(), terms.manifest().missing(delivery.names()));
        } finally {
            places.release();
        }
    }

    /**
     * New documents enter the batch when their announcement comes back. So do those that are sent
     * again because the answer was lost: they are the batch's own, not known from before.
     */
    private void enter(@Nullable String batch, List<FileOutcome> outcomes) {
        if (batch != null) {
            batchEntries.enterSoon(
                    outcomes.stream()
                            .filter(outcome -> !entersByItself(outcome, batch))
                            .map(outcome -> BatchEntry.of(batch, outcome, clock.instant()))
                            .toList());
        }
    }

    private static boolean entersByItself(FileOutcome outcome, String batch) {
        return switch (outcome) {
            case FileOutcome.Accepted _ -> true;
            case FileOutcome.Known(String file, StoredDocument document, _) ->
                    document.batches().contains(batch) && document.names().contains(file);
            case FileOutcome.Refused _ -> false;
        };
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
}
