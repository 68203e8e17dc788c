package org.minutebook.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Saves a search whose finds are sent. */
@Command(
        name = "subscribe",
        description = "Tells an e-mail address or a webhook of new items that match a query.",
        mixinStandardHelpOptions = true)
final class SubscribeCommand implements Callable<Integer> {

    @Mixin private StackOptions options = new StackOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "QUERY",
            description = "Words to look for, as in a search.")
    private List<String> words = List.of();

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    /** Where alerts go. */
    private static final class Target {
        @Option(names = "--email", paramLabel = "A", description = "Address to tell.")
        private @Nullable String email;

        @Option(names = "--webhook", paramLabel = "URL", description = "Address to call.")
        private @Nullable String webhook;

        @Option(names = "--feed", description = "Make a private feed.")
        private boolean feed;
    }

    @Option(
            names = "--contact",
            paramLabel = "A",
            description = "E-mail address to tell if the webhook is stopped.")
    private @Nullable String contact;

    @Option(
            names = "--council",
            paramLabel = "NAME",
            description = "Only of this council; may be repeated.")
    private List<String> councils = List.of();

    @Option(
            names = "--committee",
            paramLabel = "NAME",
            description = "Only of this committee; may be repeated.")
    private List<String> committees = List.of();

    @Option(
            names = "--follow",
            paramLabel = "ITEM",
            description = "Follow the matter of the item with this id, in place of a query.")
    private @Nullable String item;

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description =
                    "Only when something is resolved, agreed, carried, lost, deferred, approved or noted.")
    private @Nullable String outcome;

    @Option(names = "--decided", description = "Only when something was decided.")
    private boolean decided;

    @Option(
            names = {"--cadence", "--digest"},
            paramLabel = "WHEN",
            defaultValue = "at_once",
            description = "at_once, daily or weekly. Default: ${DEFAULT-VALUE}.")
    private String cadence = "at_once";

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            description = "Whose clock digests go out by, as Europe/London. Default: the site's.")
    private @Nullable String timeZone;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only of agenda, minutes or other.")
    private @Nullable String kind;

    @Option(names = "--json", description = "The service's answer as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = new Terminal();
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("query", String.join(" ", words));
        wish.put("cadence", cadence);
        if (item != null) {
            wish.put("item", item);
        }
        if (!councils.isEmpty()) {
            wish.put("council", councils);
        }
        if (!committees.isEmpty()) {
            wish.put("committee", committees);
        }
        if (outcome != null) {
            wish.put("outcome", outcome);
        }
        if (contact != null) {
            wish.put("contact", contact);
        }
        if (kind != null) {
            wish.put("kind", kind);
        }
        if (timeZone != null) {
            wish.put("timeZone", timeZone);
        }
        if (decided) {
            wish.put("decided", true);
        }
        if (target.email != null) {
            wish.put("email", target.email);
        } else if (target.webhook != null) {
            wish.put("webhook", target.webhook);
        } else {
            wish.put("feed", target.feed);
        }
        JsonNode answer = options.alerts().subscribe(wish);
        if (json) {
            terminal.json(answer);
            return 0;
        }
        if (answer.has("detail")) {
            terminal.print(answer.path("detail").asString());
            return 0;
        }
        terminal.print("subscription " + answer.path("id").asString());
        answer.path("secret")
                .asStringOpt()
                .ifPresent(secret -> terminal.print("secret       " + secret));
        answer.path("feed").asStringOpt().ifPresent(feed -> terminal.print("feed         " + feed));
        terminal.print("manage       " + answer.path("manage").asString());
        return 0;
    }
}
