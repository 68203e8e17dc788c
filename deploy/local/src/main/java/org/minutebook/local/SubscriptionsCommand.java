package org.minutebook.local;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minutebook.local.client.Alerts;
import org.minutebook.local.client.UnreadableException;
import org.minutebook.local.stack.StackException;
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
                "Lists, shows, pauses, resumes, deletes, exports and imports subscriptions, and looks for missed items.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SubscriptionsCommand.ListAll.class,
            SubscriptionsCommand.Show.class,
            SubscriptionsCommand.Pause.class,
            SubscriptionsCommand.Resume.class,
            SubscriptionsCommand.Delete.class,
            SubscriptionsCommand.Export.class,
            SubscriptionsCommand.Import.class,
            SubscriptionsCommand.Sweep.class
        })
final class SubscriptionsCommand {

    /** One, or all that tell a person. */
    static final class Which {
        @Parameters(paramLabel = "ID")
        private @Nullable String id;

        @Option(
                names = "--email",
                paramLabel = "A",
                description = "All that tell the person with this address.")
        private @Nullable String email;

        List<String> ids(Alerts alerts) {
            return email == null
                    ? List.of(String.valueOf(id))
                    : alerts.of(email).path("subscriptions").values().stream()
                            .map(each -> each.path("id").asString())
                            .toList();
        }
    }

    private static void print(Terminal terminal, JsonNode subscription) {
        terminal.print(
                "%s  %-11s  %-7s  %-7s  %s"
                        .formatted(
                                subscription.path("id").asString(),
                                subscription.path("state").asString(),
                                subscription.path("channel").asString(),
                                subscription.path("cadence").asString(),
                                Terminal.harmless(wanted(subscription))));
        subscription
                .path("reason")
                .asStringOpt()
                .ifPresent(reason ->
                        terminal.print(
                                "  since %s: %s"
                                        .formatted(
                                                subscription.path("stateSince").asString(),
                                                Terminal.harmless(reason))));
    }

    /** What {@link #print} leaves out. */
    private static void printMore(Terminal terminal, JsonNode subscription) {
        line(terminal, "to", subscription.path("target").asString(""));
        line(terminal, "time zone", subscription.path("timeZone").asString(""));
        JsonNode contact = subscription.path("contact");
        line(
                terminal,
                "contact",
                contact.path("email").asString("")
                        + (contact.path("confirmed").asBoolean(true) ? "" : " (not confirmed)"));
        line(terminal, "made", subscription.path("createdAt").asString(""));
        line(terminal, "active", subscription.path("activeSince").asString(""));
    }

    /** The query, and what it is narrowed to. */
    private static String wanted(JsonNode subscription) {
        String filters = filters(subscription.path("filters"));
        return subscription.path("query").asString()
                + (filters.isEmpty() ? "" : "  [%s]".formatted(filters));
    }

    private static String filters(JsonNode filters) {
        return filters.properties().stream()
                .filter(each -> !each.getValue().isNull() && !isEmptyList(each.getValue()))
                .map(each -> each.getKey() + " " + value(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static boolean isEmptyList(JsonNode value) {
        return value.isArray() && value.isEmpty();
    }

    private static String value(JsonNode value) {
        return value.isArray()
                ? value.values().stream().map(JsonNode::asString).collect(Collectors.joining("/"))
                : value.asString();
    }

    private static void line(Terminal terminal, String name, String value) {
        if (!value.isBlank()) {
            terminal.print("  %-9s  %s".formatted(name, Terminal.harmless(value)));
        }
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
            description = "One, or all of a person, with deliveries.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {

        @Mixin private StackOptions options = new StackOptions();

        @ArgGroup(multiplicity = "1")
        private Which which = new Which();

        @Option(names = "--json", description = "One JSON object, then one a delivery.")
        private boolean json;

        @Override
        public Integer call() {
            Alerts alerts = options.alerts();
            which.ids(alerts).forEach(id -> show(alerts, id));
            return 0;
        }

        private void show(Alerts alerts, String id) {
            Terminal terminal = new Terminal();
            JsonNode subscription = alerts.get("/" + id);
            JsonNode deliveries = alerts.get("/" + id + "/deliveries");
            if (json) {
                terminal.json(subscription);
                deliveries.path("deliveries").values().forEach(terminal::json);
                return;
            }
            print(terminal, subscription);
            printMore(terminal, subscription);
            for (JsonNode each : deliveries.path("deliveries").values()) {
                terminal.print(
                        "  %s  %-7s  %s, %d attempts  %s"
                                .formatted(
                                        each.path("at").asString(),
                                        each.path("outcome").asString(),
                                        told(each),
                                        each.path("attempts").asInt(),
                                        Terminal.harmless(each.path("detail").asString(""))));
            }
        }

        /** What a delivery told: alerts, or something of the subscription itself. */
        private static String told(JsonNode delivery) {
            int alerts = delivery.path("alerts").size();
            String id = delivery.path("id").asString();
            return alerts > 0 ? alerts + " alerts" : id.substring(0, Math.max(0, id.indexOf('_')));
        }
    }

    @Command(
            name = "pause",
            description = "Holds one, or all of a person.",
            mixinStandardHelpOptions = true)
    static final class Pause implements Callable<Integer> {

        @Mixin private StackOptions options = new StackOptions();

        @ArgGroup(multiplicity = "1")
        private Which which = new Which();

        @Override
        public Integer call() {
            Alerts alerts = options.alerts();
            for (String id : which.ids(alerts)) {
                print(new Terminal(), alerts.post("/" + id + "/pause"));
            }
            return 0;
        }
    }

    @Command(
            name = "resume",
            description = "Lets one go on, or all of a person.",
            mixinStandardHelpOptions = true)
    static final class Resume implements Callable<Integer> {

        @Mixin private StackOptions options = new StackOptions();

        @ArgGroup(multiplicity = "1")
        private Which which = new Which();

        @Override
        public Integer call() {
            Alerts alerts = options.alerts();
            for (String id : which.ids(alerts)) {
                print(new Terminal(), alerts.post("/" + id + "/resume"));
            }
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

        @Override
        public Integer call() {
            if (which.email == null) {
                options.alerts().delete(String.valueOf(which.id));
            } else {
                JsonNode answer = options.alerts().erase(which.email);
                new Terminal()
                        .print(
                                "%d subscriptions erased; %d webhooks do not know the address any more"
                                        .formatted(
                                                answer.path("subscriptions").asInt(),
                                                answer.path("contactOf").asInt()));
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

        @ArgGroup private Which which = new Which();

        /** Not the subscriptions. */
        private static final class Which {
            @Option(
                    names = "--email",
                    paramLabel = "A",
                    description =
                            "All that is kept about the person with this address, as one JSON object.")
            private @Nullable String email;

            @Option(
                    names = "--log",
                    description = "What was told so far, one JSON object a delivery.")
            private boolean log;
        }

        @Override
        public Integer call() {
            Terminal terminal = new Terminal();
            if (which.email != null) {
                terminal.json(options.alerts().export(which.email));
            } else if (which.log) {
                options.alerts().exportLog().lines().forEach(terminal::print);
            } else {
                options.alerts().export().lines().forEach(terminal::print);
            }
            return 0;
        }
    }

    @Command(
            name = "import",
            description = {
                "Takes in what was exported. What the log says was told is not told again.",
                "The log comes first, whatever the order here: a subscription without it may tell twice."
            },
            mixinStandardHelpOptions = true)
    static final class Import implements Callable<Integer> {

        @Mixin private StackOptions options = new StackOptions();

        @ArgGroup(exclusive = false, multiplicity = "1")
        private What what = new What();

        /** What is taken in. */
        private static final class What {
            @Parameters(
                    paramLabel = "FILE",
                    arity = "0..1",
                    description = "Subscriptions, as by: subscriptions export")
            private @Nullable Path file;

            @Option(
                    names = "--log",
                    paramLabel = "LOG",
                    description = "What was told, as by: subscriptions export --log")
            private @Nullable Path log;
        }

        @Option(names = "--json", description = "One JSON object: subscriptions, deliveries.")
        private boolean json;

        private record Summary(int subscriptions, int deliveries) {}

        @Override
        public Integer call() {
            Terminal terminal = new Terminal();
            try {
                int deliveries = what.log == null ? 0 : options.alerts().takeInLog(what.log);
                int subscriptions = what.file == null ? 0 : options.alerts().takeIn(what.file);
                if (json) {
                    terminal.json(new Summary(subscriptions, deliveries));
                } else {
                    terminal.print(
                            "%d subscriptions and %d deliveries were taken in"
                                    .formatted(subscriptions, deliveries));
                }
                return 0;
            } catch (UnreadableException e) {
                throw new StackException("%s: %s".formatted(e.file(), e.detail()));
            }
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
