package org.minutebook.local;

import org.minutebook.local.client.AwayException;
import org.minutebook.local.client.RejectedException;
import org.minutebook.local.stack.StackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line. Exit status 0 for success, 1 where the work failed, 2 for wrong usage. */
@Command(
        name = "minutebook",
        description = "Council agendas and minutes, cut into agenda items and searchable.",
        mixinStandardHelpOptions = true,
        versionProvider = Minutebook.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            ImportCommand.class,
            KeysCommand.class,
            SearchCommand.class,
            SubscribeCommand.class,
            SubscriptionsCommand.class,
            ReprocessCommand.class,
            ReindexCommand.class,
            RebuildCommand.class,
            DeadLettersCommand.class,
            PrepareCommand.class
        },
        footer = {
            "",
            "Five commands are run by the script itself:",
            "  segment FILE…  Cuts documents into agenda items and prints them; needs no running stack.",
            "  bench DIR      Measures the product against the PDF library alone, with your files.",
            "  chaos          Breaks a stack of its own at random, and accounts for every document.",
            "  images         Builds container images: deploy/images/build, whose options it takes.",
            "  verify         Runs all tests.",
            "",
            "Exit status: 0 success, 1 the work failed, 2 wrong usage."
        })
public final class Minutebook {

    private static final int FAILED = 1;

    private Minutebook() {}

    /** Says the version that the build gave. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Minutebook.class.getPackage().getImplementationVersion();
            return new String[] {"Minutebook " + (version == null ? "" : version)};
        }
    }

    /** Runs a command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Minutebook());
        line.setExecutionExceptionHandler((failure, command, arguments) -> {
            if (failure instanceof StackException || failure instanceof RejectedException) {
                System.err.println("minutebook: " + failure.getMessage());
            } else if (failure instanceof AwayException) {
                System.err.printf(
                        "minutebook: %s. ./minutebook status tells what runs, ./minutebook up starts what is missing.%n",
                        failure.getMessage());
            } else {
                failure.printStackTrace();
            }
            return FAILED;
        });
        return line;
    }
}
