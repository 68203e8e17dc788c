package org.minutebook.local;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.minutebook.local.client.Alerts;
import org.minutebook.local.client.Indexing;
import org.minutebook.local.client.Intake;
import org.minutebook.local.client.Search;
import org.minutebook.local.stack.DataFolder;
import org.minutebook.local.stack.Stack;
import picocli.CommandLine.Option;

/** Which stack is meant. */
final class StackOptions {

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "First of the eight ports of the stack: the search address. Default: that of the last start, at first 8600.")
    private @Nullable Integer port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder of the stack's data. Default: minutebook in XDG_DATA_HOME, else in ~/.local/share.")
    private @Nullable Path data;

    DataFolder folder() {
        return DataFolder.of(data);
    }

    Stack stack() {
        return new Stack(folder(), port);
    }

    /** The same, with its folder and key made where they are missing. */
    Stack newStack() {
        return Stack.create(folder(), port);
    }

    Intake intake() {
        Stack stack = stack();
        return new Intake(
                address(stack.ports().ingest()),
                stack.data().uploadKey().orElseThrow(Terminal::notRunning));
    }

    Indexing indexing() {
        return new Indexing(address(stack().ports().index()));
    }

    Search search() {
        return new Search(address(stack().ports().search()));
    }

    Alerts alerts() {
        Stack stack = stack();
        return new Alerts(
                address(stack.ports().search()),
                stack.data().uploadKey().orElseThrow(Terminal::notRunning));
    }

    static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
