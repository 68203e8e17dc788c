package org.minutebook.local;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.minutebook.local.client.Intake;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Has documents read again. */
@Command(
        name = "reprocess",
        description = {
            "Has documents read again, as after a new version or a failure.",
            "What is searchable stays so until its new reading is."
        },
        mixinStandardHelpOptions = true)
final class ReprocessCommand implements Callable<Integer> {

    @Mixin private StackOptions options = new StackOptions();

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--json", description = "One JSON object: documents, how many are read again.")
    private boolean json;

    private static final class Which {
        @Option(names = "--document", paramLabel = "ID", description = "This document.")
        private @Nullable String document;

        @Option(names = "--failed", description = "All that failed for a reason of ours.")
        private boolean failed;

        @Option(names = "--all", description = "All.")
        private boolean all;
    }

    private record Summary(int documents) {}

    @Override
    public Integer call() {
        Terminal terminal = new Terminal();
        Intake intake = options.intake();
        int documents;
        if (which.document != null) {
            JsonNode document = intake.reprocess(which.document);
            terminal.note(
                    "%s is read again.".formatted(document.path("id").asString(which.document)));
            documents = 1;
        } else {
            documents = intake.reprocessMany(which.all ? "all" : "failed");
            terminal.note(
                    documents == 0
                            ? "There is none to read again."
                            : "read again: " + Terminal.count(documents, "document"));
        }
        if (json) {
            terminal.json(new Summary(documents));
        }
        return 0;
    }
}
