package org.minutebook.local;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.minutebook.local.stack.Stack;
import org.minutebook.local.stack.Stack.PartStatus;
import org.minutebook.local.stack.Stack.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how the parts of the stack do. */
@Command(
        name = "status",
        description = "Says how the parts of the stack do, and what memory they take.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    private static final double MIB = 1 << 20;

    @Mixin private StackOptions options = new StackOptions();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    /** The whole stack. */
    record Status(boolean ready, String search, String upload, List<PartStatus> parts) {}

    @Override
    public Integer call() {
        Terminal terminal = new Terminal();
        Stack stack = options.stack();
        List<PartStatus> parts = stack.status();
        boolean ready = parts.stream().allMatch(part -> part.state() == State.READY);
        if (json) {
            terminal.json(
                    new Status(
                            ready,
                            StackOptions.address(stack.ports().search()).toString(),
                            StackOptions.address(stack.ports().ingest()).toString(),
                            parts));
            return 0;
        }
        for (PartStatus part : parts) {
            terminal.print(
                    "%-16s %-9s %9s  %-24s %s"
                            .formatted(
                                    part.name(),
                                    part.state().name().toLowerCase(Locale.ROOT),
                                    mebibytes(part.memoryBytes()),
                                    part.address(),
                                    part.version()));
        }
        long sum =
                parts.stream()
                        .map(PartStatus::memoryBytes)
                        .filter(bytes -> bytes != null)
                        .mapToLong(Long::longValue)
                        .sum();
        terminal.print(
                "%-16s %-9s %9s".formatted("stack", ready ? "ready" : "not ready", mebibytes(sum)));
        terminal.print("data  " + stack.data().root());
        terminal.print("logs  " + stack.data().logs());
        return 0;
    }

    private static String mebibytes(@Nullable Long bytes) {
        return bytes == null ? "" : "%.0f MiB".formatted(bytes / MIB);
    }
}
