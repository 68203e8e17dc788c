package org.minutebook.local;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Searches agenda items. */
@Command(
        name = "search",
        description = "Searches agenda items and prints them, best first.",
        mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {

    @Mixin private StackOptions options = new StackOptions();

    @Parameters(arity = "1..*", paramLabel = "QUERY", description = "Words to look for.")
    private List<String> words = List.of();

    @Option(names = "--council", paramLabel = "NAME", description = "Only of this council.")
    private @Nullable String council;

    @Option(names = "--committee", paramLabel = "NAME", description = "Only of this committee.")
    private @Nullable String committee;

    @Option(
            names = "--from",
            converter = Day.class,
            paramLabel = "DATE",
            description = "Only of meetings on this day or later, as 2026-03-31.")
    private @Nullable LocalDate from;

    @Option(
            names = "--to",
            converter = Day.class,
            paramLabel = "DATE",
            description = "Only of meetings on this day or earlier.")
    private @Nullable LocalDate to;

    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "10",
            description = "Most items to print. Default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(names = "--json", description = "One JSON object an item, then a summary.")
    private boolean json;

    /** The last line of {@code --json}. */
    record Summary(String query, long total, @Nullable String didYouMean) {}

    @Override
    public Integer call() {
        Terminal terminal = new Terminal();
        String query = String.join(" ", words);
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("q", query);
        parameters.put("size", Integer.toString(size));
        put(parameters, "council", council);
        put(parameters, "committee", committee);
        put(parameters, "from", from);
        put(parameters, "to", to);
        JsonNode answer = options.search().items(parameters);
        String didYouMean = answer.path("didYouMean").asStringOpt().orElse(null);
        long total = answer.path("total").asLong(0);
        if (json) {
            answer.path("items").values().forEach(terminal::json);
            terminal.json(new Summary(query, total, didYouMean));
            return 0;
        }
        for (JsonNode item : answer.path("items").values()) {
            FoundItemText.lines(item).forEach(terminal::print);
            terminal.print("");
        }
        if (answer.path("relaxed").asBoolean(false)) {
            terminal.print("No item has all these words; these have most of them.");
        }
        terminal.print(
                "%d of %s".formatted(answer.path("items").size(), Terminal.count(total, "item"))
                        + (didYouMean == null ? "" : "; did you mean: " + didYouMean));
        return 0;
    }

    private static void put(Map<String, String> parameters, String name, @Nullable Object value) {
        if (value != null) {
            parameters.put(name, value.toString());
        }
    }
}
