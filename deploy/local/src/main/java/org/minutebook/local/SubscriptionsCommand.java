package org.minutebook.local;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows and changes subscriptions, for the operator. */
@Command(
        name = "subscriptions",
        description =
                "Lists, shows, pauses, resumes, deletes and exports subscriptions, and looks for missed items.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SubscriptionsCommand.ListAll.class,
            SubscriptionsCommand.Show.class,
            SubscriptionsCommand.Pause.class,
            SubscriptionsCommand.Resume.class,
            SubscriptionsCommand.Delete.class,
            SubscriptionsCommand.Export.class,
            SubscriptionsCommand.Sweep.class
        })
final class SubscriptionsCommand {

    private static void print(Terminal terminal, JsonNode subscription) {
        terminal.print(
                "%s  %-11s  %-7s  %-7s  %s"
                        .formatted(
                                subscription.path("id").asString(),
                                subscription.path("state").asString(),
                                subscription.path("channel").asString(),
                                subscription.path("cadence").asString(),
                                Terminal.harmless(subscription.path("query").asString())));
    }

    @Command(name = "list", description = "All, one a line.", mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {

        @Mixin private StackOptions options = new StackOptions();

        @Option(names = "--email", paramLabel = "A", description = "Only those of this address.")
        private @Nullable String email;

        @Option(names = "--json", description = "One JSON object each.")
        private boolean json;

        @Override
        public Integer call() {
            Terminal terminal = new Terminal();
            JsonNode all = email == null ? options.alerts().get("") : options.alerts().of(email);
            for (JsonNode each : all.path("subscriptions").values()) {
                if (json) {
                    terminal.json(each);
                } else {
                    print(terminal, each);
                }
            }
            return 0;
        }
    }

    @Command(
            name = "show",
            description = "One, with its deliveries.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {

        @Mixin private StackOptions options = new StackOptions();

        @Parameters(paramLabel = "ID")
        private String id = "";

        @Option(names = "--json", description = "One JSON object, then one a delivery.")
        private boolean json;

        @Override
        public Integer call() {
            Terminal terminal = new Terminal();
            JsonNode subscription = options.alerts().get("/" + id);
            JsonNode deliveries = options.alerts().get("/" + id + "/deliveries");
            if (json) {
                terminal.json(subscription);
                deliveries.path("deliveries").values().forEach(terminal::json);
                return 0;
            }
            print(terminal, subscription);
            for (JsonNode each : deliveries.path("deliveries").values()) {
                terminal.print(
                        "  %s  %-7s  %d alerts, %d attempts  %s"
                                .formatted(
                                        each.path("at").asString(),
                                        each.path("outcome").asString(),
                                        each.path("alerts").size(),
                                        each.path("attempts").asInt(),
                                        Terminal.harmless(each.path("detail").asString(""))));
            }
            return 0;
        }
    }

    @Command(name = "pause", description = "Holds one.", mixinStandardHelpOptions = true)
    static final class Pause implements Callable<Integer> {

        @Mixin private StackOptions options = new StackOptions();

        @Parameters(paramLabel = "ID")
        private String id = "";

        @Override
        public Integer call() {
            print(new Terminal(), options.alerts().post("/" + id + "/pause"));
            return 0;
        }
    }

    @Command(name = "resume", description = "Lets one go on.", mixinStandardHelpOptions = true)
    static final class Resume implements Callable<Integer> {

        @Mixin private StackOptions options = new StackOptions();

        @Parameters(paramLabel = "ID")
        private String id = "";

        @Override
        public Integer call() {
            print(new Terminal(), options.alerts().post("/" + id + "/resume"));
            return 0;
        }
    }

    @Command(
            name = "delete",
            description = "Ends one and erases it, or erases a person.",
            mixinStandardHelpOptions = true)
    static final class Delete implements Callable<Integer> {

        @Mixin private StackOptions options = new StackOptions();

        @ArgGroup(multiplicity = "1")
        private Which which = new Which();

        /** One, or all of a person. */
        private static final class Which {
            @Parameters(paramLabel = "ID")
            private @Nullable String id;

            @Option(
                    names = "--email",
                    paramLabel = "A",
                    description = "Everything about the person with this address.")
            private @Nullable String email;
        }

        @Override
        public Integer call() {
            if (which.email == null) {
                options.alerts().delete(String.valueOf(which.id));
            } else {
                JsonNode answer = options.alerts().erase(which.email);
                new Terminal()
                        .print(answer.path("subscriptions").asInt() + " subscriptions erased");
            }
            return 0;
        }
    }

    @Command(
            name = "export",
            description =
                    "All as they are kept, with addresses and secrets, one JSON object a line.",
            mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {

        @Mixin private StackOptions options = new StackOptions();

        @Option(
                names = "--email",
                paramLabel = "A",
                description =
                        "All that is kept about the person with this address, as one JSON object.")
        private @Nullable String email;

        @Override
        public Integer call() {
            Terminal terminal = new Terminal();
            if (email == null) {
                options.alerts().export().lines().forEach(terminal::print);
            } else {
                terminal.json(options.alerts().export(email));
            }
            return 0;
        }
    }

    @Command(
            name = "sweep",
            description =
                    "Looks now, and not only once a day, for items that matching missed, and sends them.",
            mixinStandardHelpOptions = true)
    static final class Sweep implements Callable<Integer> {

        @Mixin private StackOptions options = new StackOptions();

        @Override
        public Integer call() {
            JsonNode answer = options.alerts().post("/sweep");
            new Terminal().print(answer.path("missed").asInt() + " items were missed");
            return 0;
        }
    }
}
