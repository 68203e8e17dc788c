package org.minutebook.local;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.minutebook.local.client.AwayException;
import org.minutebook.local.client.Metrics;
import org.minutebook.local.client.RejectedException;
import org.minutebook.local.stack.Stack;
import org.minutebook.local.stack.Stack.PartStatus;
import org.minutebook.local.stack.Stack.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how the parts of the stack do, and what waits. */
@Command(
        name = "status",
        description = {
            "Says how the parts of the stack do, what memory they take, and what waits for them.",
            "With --watch again and again, until Ctrl-C."
        },
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    private static final double MIB = 1 << 20;
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    /** From the top of the screen, which is emptied. */
    private static final String NEW_SCREEN = "\u001b[H\u001b[2J";

    @Mixin private StackOptions options = new StackOptions();

    @Option(names = "--json", description = "One JSON object; with --watch one a line.")
    private boolean json;

    @Option(names = "--watch", description = "Says it anew every two seconds, until Ctrl-C.")
    private boolean watch;

    /** The whole stack. */
    record Status(
            boolean ready,
            String search,
            String upload,
            List<PartStatus> parts,
            Waiting waiting,
            Done done) {}

    /**
     * What waits; null where the service that knows does not answer.
     *
     * @param documents records that extract-service has not fetched yet
     * @param scans documents that wait for OCR
     * @param items documents whose items index-service has not fetched yet
     * @param deadLetters records that were given up and nobody has dealt with
     * @param oldestAlertSeconds age of the oldest alert that nobody has taken
     */
    record Waiting(
            @Nullable Long documents,
            @Nullable Long scans,
            @Nullable Long items,
            @Nullable Long deadLetters,
            @Nullable Long oldestAlertSeconds) {}

    /**
     * What was done since the services started; null where the service that knows does not answer.
     *
     * @param indexed documents that became searchable, again where one was read again
     * @param failed documents that could not be read
     * @param refused documents that were not taken, for what they are
     * @param pages pages that were read
     * @param items agenda items that were found on them
     * @param bulkMillis what Elasticsearch takes on the average to write a request of entries
     */
    record Done(
            @Nullable Long indexed,
            @Nullable Long failed,
            @Nullable Long refused,
            @Nullable Long pages,
            @Nullable Long items,
            @Nullable Long bulkMillis) {

        /** How much more of something there is than before, for each second between. */
        static String rate(@Nullable Long before, @Nullable Long now, Duration between) {
            return before == null || now == null || now < before
                    ? "?"
                    : "%.1f".formatted((now - before) * 1e9 / between.toNanos());
        }
    }

    /** What was done at a moment, by {@link System#nanoTime()}. */
    private record Seen(Done done, long at) {}

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = new Terminal();
        Stack stack = options.stack();
        Seen seen = say(terminal, stack, null);
        while (watch) {
            Thread.sleep(BETWEEN);
            seen = say(terminal, stack, seen);
        }
        return 0;
    }

    private Seen say(Terminal terminal, Stack stack, @Nullable Seen before) {
        Status status = status(stack);
        Seen seen = new Seen(status.done(), System.nanoTime());
        if (json) {
            terminal.json(status);
            return seen;
        }
        StringBuilder said = new StringBuilder();
        if (watch && Terminal.hasOutput()) {
            said.append(NEW_SCREEN);
        }
        long sum = 0;
        for (PartStatus part : status.parts()) {
            said.append(
                    "%-16s %-9s %9s  %-24s %s%n"
                            .formatted(
                                    part.name(),
                                    part.state().name().toLowerCase(Locale.ROOT),
                                    mebibytes(part.memoryBytes()),
                                    part.address(),
                                    part.version()));
            sum += part.memoryBytes() == null ? 0 : part.memoryBytes();
        }
        if (status.parts().stream().allMatch(part -> part.state() == State.STOPPED)) {
            said.append("The stack is not running; ./minutebook up starts it.\n");
            terminal.print(said.toString().stripTrailing());
            return seen;
        }
        Waiting waiting = status.waiting();
        Done done = status.done();
        said.append(
                """
                %-16s %-9s %9s
                waiting          %s to be read, %s for OCR, %s to be indexed
                dead letters     %s
                alerts           oldest not taken yet: %s s
                since the start  %s documents indexed, %s failed, %s refused; %s pages and %s items read
                Elasticsearch    %s ms for a request of entries
                """
                        .formatted(
                                "stack",
                                status.ready() ? "ready" : "not ready",
                                mebibytes(sum),
                                known(waiting.documents()),
                                known(waiting.scans()),
                                known(waiting.items()),
                                known(waiting.deadLetters()),
                                known(waiting.oldestAlertSeconds()),
                                known(done.indexed()),
                                known(done.failed()),
                                known(done.refused()),
                                known(done.pages()),
                                known(done.items()),
                                known(done.bulkMillis())));
        if (before != null) {
            said.append(now(before, seen));
        }
        said.append("data  %s%nlogs  %s".formatted(stack.data().root(), stack.data().logs()));
        terminal.print(said.toString());
        return seen;
    }

    private static String now(Seen before, Seen seen) {
        Duration between = Duration.ofNanos(seen.at() - before.at());
        return "now              %s documents, %s pages and %s items a second%n"
                .formatted(
                        Done.rate(before.done().indexed(), seen.done().indexed(), between),
                        Done.rate(before.done().pages(), seen.done().pages(), between),
                        Done.rate(before.done().items(), seen.done().items(), between));
    }

    private static Status status(Stack stack) {
        List<PartStatus> parts = stack.status();
        Metrics.@Nullable Reading ingest = read(parts, "ingest-service");
        Metrics.@Nullable Reading extract = read(parts, "extract-service");
        Metrics.@Nullable Reading index = read(parts, "index-service");
        Metrics.@Nullable Reading search = read(parts, "search-api");
        return new Status(
                parts.stream().allMatch(part -> part.state() == State.READY),
                StackOptions.address(stack.ports().search()).toString(),
                StackOptions.address(stack.ports().ingest()).toString(),
                parts,
                new Waiting(
                        extract == null ? null : extract.waiting("documents.uploaded"),
                        extract == null ? null : extract.waiting("documents.scanned"),
                        index == null ? null : index.waiting("agenda-items"),
                        ingest == null ? null : ingest.sum("minutebook_dead_letters"),
                        search == null
                                ? null
                                : search.sum("minutebook_alerts_oldest_unsent_seconds")),
                new Done(
                        ingest == null ? null : ingest.documents("INDEXED"),
                        ingest == null ? null : ingest.documents("FAILED"),
                        ingest == null ? null : ingest.documents("REFUSED"),
                        extract == null ? null : extract.sum("minutebook_extract_pages_total"),
                        extract == null ? null : extract.sum("minutebook_extract_items_total"),
                        index == null ? null : index.meanMillis("minutebook_index_bulk")));
    }

    private static Metrics.@Nullable Reading read(List<PartStatus> parts, String name) {
        for (PartStatus part : parts) {
            if (part.name().equals(name) && part.state() == State.READY) {
                try {
                    return new Metrics(name, URI.create(part.address())).read();
                } catch (AwayException | RejectedException e) {
                    return null; // its state says the rest
                }
            }
        }
        return null;
    }

    private static String known(@Nullable Long value) {
        return value == null ? "?" : value.toString();
    }

    private static String mebibytes(@Nullable Long bytes) {
        return bytes == null ? "" : "%.0f MiB".formatted(bytes / MIB);
    }
}
