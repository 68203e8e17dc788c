package org.minutebook.benchmarks;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.minutebook.samples.TextPdf;
import tools.jackson.databind.JsonNode;

/** From the upload of one document to its item found, while nothing else is going on. */
final class IdleLatency {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final RunningStack stack;

    IdleLatency(RunningStack stack) {
        this.stack = stack;
    }

    /** Milliseconds of each of so many uploads; a few before them are not counted. */
    List<Double> measure(int uploads, int warmUp) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < warmUp + uploads; i++) {
            double took = once();
            if (i >= warmUp) {
                millis.add(took);
            }
        }
        return millis;
    }

    private double once() throws IOException, InterruptedException {
        String reference = "LAT-" + UUID.randomUUID().toString().substring(0, 13);
        byte[] pdf = agenda(reference);
        long start = System.nanoTime();
        stack.uploadNew("agenda.pdf", BodyPublishers.ofByteArray(pdf));
        while (found(reference) == 0) {
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                throw new IOException("a document was not searchable within " + LONGEST);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private int found(String reference) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                stack.send(stack.search("/api/v1/items?size=1&q=" + reference));
        JsonNode found = RunningStack.json(answer);
        return answer.statusCode() == 200 && !found.path("relaxed").asBoolean()
                ? found.path("total").asInt()
                : 0;
    }

    private static byte[] agenda(String reference) throws IOException {
        return TextPdf.of(
                List.of(
                        "Saltby Town Council",
                        "AGENDA of the meeting to be held on Monday 6 July 2026 at 7.00 pm",
                        "1. Apologies for absence",
                        "2. Minutes of the last meeting",
                        "3. Planning application " + reference,
                        "4. Date of the next meeting"));
    }
}
