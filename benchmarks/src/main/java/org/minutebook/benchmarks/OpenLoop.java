package org.minutebook.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Requests that come at a rate whatever became of those before, as independent people do: the time
 * between two is drawn.
 */
final class OpenLoop {

    private static final double SECOND = 1e9;

    private final HttpClient http;
    private final Supplier<HttpRequest> requests;
    private final Random random;

    /**
     * Sends these requests.
     *
     * @param requests the next one
     * @param random draws when it is due
     */
    OpenLoop(HttpClient http, Supplier<HttpRequest> requests, Random random) {
        this.http = http;
        this.requests = requests;
        this.random = random;
    }

    /**
     * What came of a request.
     *
     * @param due nanoseconds after the start at which it was to be sent
     * @param nanos from then to the end of the answer
     * @param status of the answer; 0 where the connection broke off
     */
    record Answer(long due, long nanos, int status) {

        boolean accepted() {
            return status == 200;
        }

        double millis() {
            return nanos / 1e6;
        }
    }

    /** All that comes in the time, in the order in which it was due. */
    List<Answer> send(double rate, Duration length) throws Exception {
        List<Future<Answer>> runs = new ArrayList<>();
        long began = System.nanoTime();
        double due = 0;
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            while (true) {
                due += -Math.log(1 - random.nextDouble()) * SECOND / rate;
                if (due >= length.toNanos()) {
                    break;
                }
                long at = (long) due;
                HttpRequest request = requests.get();
                for (long now = System.nanoTime() - began;
                        now < at;
                        now = System.nanoTime() - began) {
                    LockSupport.parkNanos(at - now);
                }
                runs.add(
                        pool.submit(() -> {
                            int status = status(request);
                            return new Answer(at, System.nanoTime() - began - at, status);
                        }));
            }
        }
        List<Answer> answers = new ArrayList<>(runs.size());
        for (Future<Answer> run : runs) {
            answers.add(run.get());
        }
        return answers;
    }

    private int status(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
