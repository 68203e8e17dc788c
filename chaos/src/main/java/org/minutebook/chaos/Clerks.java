package org.minutebook.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.minutebook.local.client.AwayException;
import org.minutebook.local.client.Intake;
import org.minutebook.local.client.RejectedException;
import org.minutebook.local.client.SlowUploadException;

/**
 * Those who hand papers in. What is not answered is done again until it is: everything that they do
 * may be repeated.
 */
final class Clerks {

    private static final Duration AGAIN = Duration.ofMillis(700);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final Intake intake;
    private final Papers papers;
    private final Path folder;
    private final Instant start;
    private final Map<Integer, Life> lives = new ConcurrentHashMap<>();
    private final List<String> rejected = new CopyOnWriteArrayList<>();

    /**
     * Clerks at work.
     *
     * @param folder for files under way
     * @param start of the run
     */
    Clerks(Intake intake, Papers papers, Path folder, Instant start) {
        this.intake = intake;
        this.papers = papers;
        this.folder = folder;
        this.start = start;
    }

    /** What was accepted. */
    Collection<Life> lives() {
        return lives.values();
    }

    /** What was refused and should not have been, each in a line. */
    List<String> rejected() {
        return List.copyOf(rejected);
    }

    /** Does all that is to be done with one paper, one after the other. */
    void lead(List<Step> steps) throws IOException, InterruptedException {
        for (Step step : steps) {
            Waiting.pass(Duration.between(Instant.now(), start.plus(step.at())));
            take(step);
        }
    }

    private void take(Step step) throws IOException, InterruptedException {
        Life life = lives.get(step.paper());
        switch (step.act()) {
            case UPLOAD -> {
                Life begun = new Life(papers.paper(step.paper()));
                upload(begun.paper(), Map.of());
                begun.accept();
                lives.put(step.paper(), begun);
            }
            case REPEAT -> upload(of(life).paper(), Map.of());
            case CORRECT -> {
                until(() -> intake.correct(of(life).id().value(), step.metadata()));
                of(life).correct(step.metadata());
                of(life).accept();
            }
            case REPROCESS -> {
                until(() -> intake.reprocess(of(life).id().value()));
                of(life).accept();
            }
            case DELETE -> {
                until(() -> {
                    try {
                        intake.delete(of(life).id().value());
                    } catch (RejectedException e) {
                        if (e.status() != NOT_FOUND) { // done before, and the answer was lost
                            throw e;
                        }
                    }
                });
                of(life).delete();
                of(life).accept();
            }
            case RESTORE -> {
                upload(of(life).paper(), Map.of());
                of(life).restore();
                of(life).accept();
            }
            case REPLACE -> {
                Life better = new Life(papers.paper(step.paper() + 1));
                upload(better.paper(), Map.of("replaces", of(life).id().value()));
                better.accept();
                lives.put(step.paper() + 1, better);
                of(life).delete(); // by the product, when the better one can be found
            }
        }
    }

    private static Life of(@org.jspecify.annotations.Nullable Life life) {
        if (life == null) {
            throw new IllegalStateException("nothing was handed in");
        }
        return life;
    }

    private void upload(Paper paper, Map<String, String> more)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile(folder, "paper", ".pdf");
        try {
            Files.write(file, paper.bytes());
            Map<String, String> metadata = new HashMap<>(paper.given());
            metadata.putAll(more);
            until(() -> {
                Intake.Upload upload = intake.upload(file, paper.name(), metadata);
                if (!upload.document().id().equals(paper.id().value())) {
                    throw new IllegalStateException("another document was accepted");
                }
            });
        } finally {
            Files.delete(file);
        }
    }

    private interface Request {
        void send() throws IOException;
    }

    private void until(Request request) throws IOException, InterruptedException {
        while (true) {
            try {
                request.send();
                return;
            } catch (AwayException | SlowUploadException e) {
                Waiting.pass(AGAIN);
            } catch (RejectedException e) {
                if (e.status() < 500 && e.status() != CONFLICT) {
                    rejected.add("%d %s: %s".formatted(e.status(), e.code(), e.detail()));
                    throw e;
                }
                if (e.status() >= 500) {
                    rejected.add("%d %s: %s".formatted(e.status(), e.code(), e.detail()));
                }
                Waiting.pass(AGAIN);
            }
        }
    }
}
