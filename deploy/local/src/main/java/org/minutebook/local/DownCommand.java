package org.minutebook.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the stack and keeps its data. */
@Command(
        name = "down",
        description = "Stops the stack and keeps its data.",
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

    @Mixin private StackOptions options = new StackOptions();

    @Override
    public Integer call() {
        Terminal terminal = new Terminal();
        if (options.stack().down(terminal::note).isEmpty()) {
            terminal.note("nothing was running");
        }
        return 0;
    }
}
