package org.minutebook.local;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.minutebook.local.stack.Stack;
import org.minutebook.local.stack.Stack.PartStatus;
import org.minutebook.local.stack.Stack.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Starts what is missing and prints the addresses. On a terminal, a stack that it has started from
 * nothing stops with it; otherwise it returns when everything is ready, and the stack goes on.
 */
@Command(
        name = "up",
        description = {
            "Starts the stack, or what is missing of it, and prints its addresses.",
            "On a terminal it stays, and Ctrl-C stops the stack, unless --detach is given or parts were running already."
        },
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    private static final int PARTS = 6;
    private static final int LOOK_SECONDS = 2;

    @Mixin private StackOptions options = new StackOptions();

    @Option(names = "--detach", description = "Return when everything is ready.")
    private boolean detach;

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = new Terminal();
        Stack stack = options.newStack();
        boolean stays =
                !detach
                        && Terminal.hasInput()
                        && stack.status().stream().allMatch(part -> part.state() == State.STOPPED);
        if (stays) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stack.abandon(terminal::note)));
        }
        List<String> started = stack.up(terminal::note);
        if (started.size() < PARTS) {
            terminal.note(
                    started.isEmpty()
                            ? "everything was running already"
                            : "the other parts were running already");
        }
        printAddresses(terminal, stack);
        if (stays) {
            terminal.note(
                    "Ctrl-C stops it, and so does closing this terminal; `./minutebook up --detach` leaves it running.");
            watch(terminal, stack);
        }
        return 0;
    }

    static void printAddresses(Terminal terminal, Stack stack) {
        terminal.print("search      " + StackOptions.address(stack.ports().search()));
        terminal.print("upload      " + StackOptions.address(stack.ports().ingest()));
        terminal.print("upload key  " + stack.data().uploadKey().orElseThrow());
        terminal.print("data        " + stack.data().root());
        if (!Stack.sendsMail()) {
            terminal.print(
                    "e-mail      waits here: no mail server is set (docs/alerts.md, \"E-mail on one machine\")");
        }
    }

    /** Stays until the stack is stopped by somebody else; says which parts end by themselves. */
    private static void watch(Terminal terminal, Stack stack) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Set<String> before = Set.of();
        while (!never.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
            Set<String> stopped =
                    stack.status().stream()
                            .filter(part -> part.state() == State.STOPPED)
                            .map(PartStatus::name)
                            .collect(Collectors.toSet());
            if (stopped.size() == PARTS) {
                return;
            }
            for (String name : stopped) {
                if (!before.contains(name)) {
                    terminal.note(
                            "%s has ended; its log is %s. ./minutebook up starts it again."
                                    .formatted(name, stack.data().logs().resolve(name + ".log")));
                }
            }
            before = stopped;
        }
    }
}
