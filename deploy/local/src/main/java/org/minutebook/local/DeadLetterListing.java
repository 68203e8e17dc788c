package org.minutebook.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.minutebook.local.client.Intake;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists the dead letters: what {@code dead-letters} does by itself, and as {@code list}. */
abstract class DeadLetterListing implements Callable<Integer> {

    @Mixin private StackOptions options = new StackOptions();

    @Option(names = "--json", description = "One JSON object each.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = new Terminal();
        List<JsonNode> letters = all(options.intake());
        for (JsonNode each : letters) {
            if (json) {
                terminal.json(each);
            } else {
                terminal.print(
                        "%s  %s  %s  %s"
                                .formatted(
                                        each.path("id").asString(),
                                        each.path("at").asString(),
                                        Terminal.harmless(each.path("key").asString("-")),
                                        Terminal.harmless(each.path("cause").asString("-"))));
            }
        }
        if (letters.isEmpty()) {
            terminal.note("There are no dead letters.");
        }
        return 0;
    }

    static List<JsonNode> all(Intake intake) {
        return new ArrayList<>(intake.deadLetters("").path("deadLetters").values());
    }
}
