package org.minutebook.local;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.minutebook.local.client.Indexing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fills the index anew while the old one answers. */
@Command(
        name = "reindex",
        description = {
            "Builds a new index from the items that were read, and swaps it in when it is complete.",
            "Search goes on with the old one until then, and stays with it if this fails before."
        },
        mixinStandardHelpOptions = true)
final class ReindexCommand implements Callable<Integer> {

    private static final String DONE = "DONE";
    private static final String RUNNING = "RUNNING";
    private static final String INCOMPLETE = "INCOMPLETE";

    @Mixin private StackOptions options = new StackOptions();

    @Option(names = "--no-wait", description = "Return once it has started.")
    private boolean noWait;

    @Option(names = "--json", description = "One JSON object: state, documents, index, failure.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = new Terminal();
        Indexing indexing = options.indexing();
        Indexing.Status status = indexing.start();
        long shown = -1;
        while (!noWait && status.state().equals(RUNNING)) {
            if (Terminal.hasErrors() && status.documents() != shown) {
                shown = status.documents();
                terminal.note(Terminal.count(shown, "document") + " in the new index");
            }
            TimeUnit.SECONDS.sleep(1);
            status = indexing.status();
        }
        if (json) {
            terminal.json(status);
        } else if (status.state().equals(RUNNING)) {
            terminal.print("The new index is being filled.");
        } else if (status.state().equals(DONE)) {
            terminal.print(
                    "The index was built anew: %s in %s."
                            .formatted(
                                    Terminal.count(status.documents(), "document"),
                                    status.index()));
        } else if (status.state().equals(INCOMPLETE)) {
            terminal.note("minutebook: %s".formatted(status.failure()));
        } else {
            terminal.note("minutebook: the index stays as it was: %s".formatted(status.failure()));
        }
        return status.state().equals(DONE) || noWait ? 0 : 1;
    }
}
