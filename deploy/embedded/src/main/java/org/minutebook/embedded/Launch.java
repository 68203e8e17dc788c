package org.minutebook.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a process is started.
 *
 * @param name what people call it
 * @param command program and arguments
 * @param environment variables set besides the inherited ones
 * @param directory its working folder; there already
 * @param log file that takes what it writes to its two outputs
 */
public record Launch(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path directory,
        Path log) {

    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
