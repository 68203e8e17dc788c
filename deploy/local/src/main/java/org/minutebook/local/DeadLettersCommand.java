package org.minutebook.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.minutebook.local.client.Intake;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What the services gave up on, and what to do about it. Lists them by itself. */
@Command(
        name = "dead-letters",
        description = {
            "Lists, shows, replays and discards what the services gave up on for a reason of ours.",
            "Without a command it lists them."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            DeadLettersCommand.ListAll.class,
            DeadLettersCommand.Show.class,
            DeadLettersCommand.Replay.class,
            DeadLettersCommand.Discard.class
        })
final class DeadLettersCommand implements Callable<Integer> {

    @Mixin private StackOptions options = new StackOptions();

    @Option(names = "--json", description = "One JSON object each.")
    private boolean json;

    @Override
    public Integer call() {
        return list(options, json);
    }

    private static int list(StackOptions options, boolean json) {
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

    private static List<JsonNode> all(Intake intake) {
        return new ArrayList<>(intake.deadLetters("").path("deadLetters").values());
    }

    @Command(name = "list", description = "All, oldest first.", mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {

        @Mixin private StackOptions options = new StackOptions();

        @Option(names = "--json", description = "One JSON object each.")
        private boolean json;

        @Override
        public Integer call() {
            return list(options, json);
        }
    }

    @Command(
            name = "show",
            description = "One, with its cause and its message.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {

        @Mixin private StackOptions options = new StackOptions();

        @Parameters(paramLabel = "ID")
        private String id = "";

        @Option(names = "--json", description = "One JSON object.")
        private boolean json;

        @Override
        public Integer call() {
            Terminal terminal = new Terminal();
            JsonNode whole = options.intake().deadLetters(id);
            if (json) {
                terminal.json(whole);
                return 0;
            }
            whole.path("headers")
                    .properties()
                    .forEach(header ->
                            header.getValue()
                                    .asString()
                                    .lines()
                                    .forEach(line ->
                                            terminal.print(
                                                    header.getKey()
                                                            + ": "
                                                            + Terminal.harmless(line))));
            terminal.print("");
            terminal.print(
                    whole.path("text").isString()
                            ? Terminal.harmless(whole.path("text").asString())
                            : "(base64) " + whole.path("base64").asString());
            return 0;
        }
    }

    /** Which are meant. */
    private static final class Chosen {

        @Parameters(paramLabel = "ID", arity = "0..*")
        private List<String> ids = List.of();

        @Option(names = "--all", description = "All there are.")
        private boolean all;

        List<String> in(Intake intake, CommandSpec command) {
            if (ids.isEmpty() != all) {
                throw new CommandLine.ParameterException(
                        command.commandLine(), "Name dead letters by their ID, or give --all.");
            }
            return all
                    ? DeadLettersCommand.all(intake).stream()
                            .map(each -> each.path("id").asString())
                            .toList()
                    : ids;
        }
    }

    @Command(
            name = "replay",
            description = "Sends them to the topic they came from, as after a corrected version.",
            mixinStandardHelpOptions = true)
    static final class Replay implements Callable<Integer> {

        @Spec private CommandSpec command = CommandSpec.create();
        @Mixin private StackOptions options = new StackOptions();
        @Mixin private Chosen chosen = new Chosen();

        @Override
        public Integer call() {
            Intake intake = options.intake();
            List<String> ids = chosen.in(intake, command);
            ids.forEach(intake::replay);
            new Terminal().note("%d sent again.".formatted(ids.size()));
            return 0;
        }
    }

    @Command(
            name = "discard",
            description = "Leaves them be; they are not listed any more.",
            mixinStandardHelpOptions = true)
    static final class Discard implements Callable<Integer> {

        @Spec private CommandSpec command = CommandSpec.create();
        @Mixin private StackOptions options = new StackOptions();
        @Mixin private Chosen chosen = new Chosen();

        @Override
        public Integer call() {
            Intake intake = options.intake();
            List<String> ids = chosen.in(intake, command);
            ids.forEach(intake::discard);
            new Terminal().note("%d discarded.".formatted(ids.size()));
            return 0;
        }
    }
}
