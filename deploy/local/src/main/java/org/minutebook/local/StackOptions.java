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
import org.minutebook.local.stack.StackException;
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

    @Option(
            names = "--upload-address",
            paramLabel = "URL",
            defaultValue = "${env:MINUTEBOOK_UPLOAD_ADDRESS}",
            description =
                    "Where documents are taken in, of a stack that runs elsewhere; its key comes from the variable MINUTEBOOK_UPLOAD_KEY. Default: MINUTEBOOK_UPLOAD_ADDRESS, else the stack of this machine.")
    private @Nullable URI uploadAddress;

    @Option(
            names = "--search-address",
            paramLabel = "URL",
            defaultValue = "${env:MINUTEBOOK_SEARCH_ADDRESS}",
            description =
                    "Where is searched, of a stack that runs elsewhere. Default: MINUTEBOOK_SEARCH_ADDRESS, else the stack of this machine.")
    private @Nullable URI searchAddress;

    /** Whether documents go to a stack that this machine does not run. */
    boolean uploadElsewhere() {
        return uploadAddress != null;
    }

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
        return new Intake(intakeAddress(), uploadKey());
    }

    /** Where documents are taken in. */
    URI intakeAddress() {
        return uploadAddress != null ? uploadAddress : address(stack().ports().ingest());
    }

    Indexing indexing() {
        return new Indexing(address(stack().ports().index()));
    }

    Search search() {
        return new Search(searchAddress());
    }

    Alerts alerts() {
        return new Alerts(searchAddress(), uploadKey());
    }

    private URI searchAddress() {
        return searchAddress != null ? searchAddress : address(stack().ports().search());
    }

    /**
     * A key on the command line would be seen by everybody who lists processes, so that of another
     * stack comes from the environment.
     */
    private String uploadKey() {
        if (uploadAddress == null && searchAddress == null) {
            return stack().data().uploadKey().orElseThrow(Terminal::notRunning);
        }
        String key = System.getenv("MINUTEBOOK_UPLOAD_KEY");
        if (key == null || key.isBlank()) {
            throw new StackException(
                    "A stack that runs elsewhere needs its key in the variable MINUTEBOOK_UPLOAD_KEY.");
        }
        return key.strip();
    }

    /**
     * What a command needs besides to find the same stack: nothing where it is in its usual place.
     */
    String dataArgument() {
        return data == null ? "" : " --data '%s'".formatted(data.toAbsolutePath().normalize());
    }

    static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
