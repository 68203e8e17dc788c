package org.minutebook.local;

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
final class DeadLettersCommand extends DeadLetterListing {

    @Command(name = "list", description = "All, oldest first.", mixinStandardHelpOptions = true)
    static final class ListAll extends DeadLetterListing {}

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

    /** Does something with those that are meant. */
    private abstract static class OfChosen implements Callable<Integer> {

        @Spec private CommandSpec command = CommandSpec.create();

        @Mixin private StackOptions options = new StackOptions();

        @Parameters(paramLabel = "ID", arity = "0..*")
        private List<String> ids = List.of();

        @Option(names = "--all", description = "All there are.")
        private boolean all;

        abstract void handle(Intake intake, String id);

        /** What was done, after their number. */
        abstract String done();

        @Override
        public Integer call() {
            if (ids.isEmpty() != all) {
                throw new CommandLine.ParameterException(
                        command.commandLine(), "Name dead letters by their ID, or give --all.");
            }
            Intake intake = options.intake();
            List<String> chosen =
                    all
                            ? DeadLetterListing.all(intake).stream()
                                    .map(each -> each.path("id").asString())
                                    .toList()
                            : ids;
            chosen.forEach(id -> handle(intake, id));
            new Terminal().note("%d %s.".formatted(chosen.size(), done()));
            return 0;
        }
    }

    @Command(
            name = "replay",
            description = "Sends them to the topic they came from, as after a corrected version.",
            mixinStandardHelpOptions = true)
    static final class Replay extends OfChosen {

        @Override
        void handle(Intake intake, String id) {
            intake.replay(id);
        }

        @Override
        String done() {
            return "sent again";
        }
    }

    @Command(
            name = "discard",
            description = "Leaves them be; they are not listed any more.",
            mixinStandardHelpOptions = true)
    static final class Discard extends OfChosen {

        @Override
        void handle(Intake intake, String id) {
            intake.discard(id);
        }

        @Override
        String done() {
            return "discarded";
        }
    }
}
