package org.minutebook.local;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.minutebook.local.client.AwayException;
import org.minutebook.local.client.Intake;
import org.minutebook.local.stack.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fills topics, index and registry anew from the document store alone. */
@Command(
        name = "rebuild",
        description = {
            "Fills topics, index and registry anew from the documents of the store, as after the loss of Kafka's or Elasticsearch's data.",
            "Starts what is missing. Each document comes back at its revision, with corrections, hidden items and deletions.",
            "Where nothing is lost it changes nothing. Nobody is alerted."
        },
        mixinStandardHelpOptions = true)
final class RebuildCommand implements Callable<Integer> {

    private static final String RUNNING = "RUNNING";
    private static final String DONE = "DONE";

    @Mixin private StackOptions options = new StackOptions();

    @Option(names = "--no-wait", description = "Return once every document is announced.")
    private boolean noWait;

    @Option(
            names = "--patience",
            paramLabel = "MINUTES",
            defaultValue = "10",
            description =
                    "Give up where nothing moves for this long. Default: ${DEFAULT-VALUE} minutes.")
    private int patienceMinutes;

    @Option(
            names = "--json",
            description =
                    "One JSON object: documents, indexed, refused, failed, deleted, ocrQueued, waiting, seconds.")
    private boolean json;

    private final OcrProbe ocr = new OcrProbe();
    private final Terminal terminal = new Terminal();

    /** Where the documents of the store stand. */
    private record Summary(
            int documents,
            int indexed,
            int refused,
            int failed,
            int deleted,
            int ocrQueued,
            int waiting,
            long seconds) {

        boolean isComplete(boolean withScans) {
            int settled = indexed + refused + failed + deleted + (withScans ? 0 : ocrQueued);
            return settled >= documents;
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        long began = System.nanoTime();
        options.newStack().up(terminal::note);
        Intake intake = options.intake();
        Intake.Rebuild rebuild = intake.rebuild();
        while (rebuild.state().equals(RUNNING)) {
            TimeUnit.MILLISECONDS.sleep(200);
            rebuild = intake.rebuildStatus();
        }
        if (!rebuild.state().equals(DONE)) {
            throw new StackException(
                    "Not all documents were announced: %s. Repeat the command."
                            .formatted(rebuild.failure()));
        }
        terminal.note("announced: " + Terminal.count(rebuild.documents(), "document"));
        Summary nothingYet =
                new Summary(rebuild.documents(), 0, 0, 0, 0, 0, rebuild.documents(), 0);
        Summary summary = summary(intake, nothingYet, began);
        if (!noWait) {
            summary = await(intake, summary, began);
        }
        if (json) {
            terminal.json(summary);
        } else {
            terminal.print(
                    "%s: %d indexed, %d refused, %d failed, %d deleted, %d wait for OCR, %d wait to be read"
                            .formatted(
                                    Terminal.count(summary.documents(), "document"),
                                    summary.indexed(),
                                    summary.refused(),
                                    summary.failed(),
                                    summary.deleted(),
                                    summary.ocrQueued(),
                                    summary.waiting()));
        }
        return summary.failed() == 0 && (noWait || summary.isComplete(ocr.getAsBoolean())) ? 0 : 1;
    }

    private Summary await(Intake intake, Summary first, long began) throws InterruptedException {
        Summary summary = first;
        long movedAt = System.nanoTime();
        while (!summary.isComplete(ocr.getAsBoolean())) {
            if (System.nanoTime() - movedAt > Duration.ofMinutes(patienceMinutes).toNanos()) {
                terminal.note(
                        "minutebook: nothing has moved for %d minutes; ./minutebook status tells what runs"
                                .formatted(patienceMinutes));
                return summary;
            }
            TimeUnit.SECONDS.sleep(1);
            Summary now = summary(intake, summary, began);
            if (now.waiting() != summary.waiting() || now.ocrQueued() != summary.ocrQueued()) {
                movedAt = System.nanoTime();
                if (Terminal.hasErrors()) {
                    terminal.note("%d indexed, %d wait".formatted(now.indexed(), now.waiting()));
                }
            }
            summary = now;
        }
        return summary;
    }

    /**
     * Counts, or says what was counted last where the registry is being made or the index is busy:
     * patience has an end.
     */
    private static Summary summary(Intake intake, Summary last, long began) {
        try {
            return count(intake, last.documents(), began);
        } catch (AwayException e) {
            return last;
        }
    }

    private static Summary count(Intake intake, int documents, long began) {
        int indexed = intake.count("INDEXED");
        int refused = intake.count("REFUSED");
        int failed = intake.count("FAILED");
        int deleted = intake.count("DELETED");
        int ocrQueued = intake.count("OCR_QUEUED");
        return new Summary(
                documents,
                indexed,
                refused,
                failed,
                deleted,
                ocrQueued,
                Math.max(0, documents - indexed - refused - failed - deleted - ocrQueued),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
    }
}
