package org.minutebook.local;

import java.util.concurrent.Callable;
import org.minutebook.local.stack.ServicePrograms;
import picocli.CommandLine.Command;

/** Lays the services out for a fast start; the script does it after a build. */
@Command(name = "prepare", hidden = true)
final class PrepareCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        ServicePrograms.ofProject().prepareAll();
        return 0;
    }
}
