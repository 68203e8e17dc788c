package org.minutebook.local;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** A verb that this version does not have. */
@Command(hidden = true)
final class UnavailableCommand implements Callable<Integer> {

    private final String verb;

    @Unmatched private List<String> arguments = List.of();

    UnavailableCommand(String verb) {
        this.verb = verb;
    }

    @Override
    public Integer call() {
        System.err.printf("minutebook: '%s' is not available in this version%n", verb);
        return CommandLine.ExitCode.USAGE;
    }
}
