package org.minutebook.local;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.minutebook.local.client.RejectedException;
import org.minutebook.local.stack.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/**
 * Keys of those who upload and manage. The stack's own key, which {@code up} prints, opens this.
 */
@Command(
        name = "keys",
        description = "Lists, creates and revokes keys of those who upload and manage.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            KeysCommand.ListAll.class,
            KeysCommand.Create.class,
            KeysCommand.Revoke.class
        })
final class KeysCommand {

    private static final int NOT_FOUND = 404;

    private KeysCommand() {}

    @Command(
            name = "list",
            description = "All, one a line; never what opens doors.",
            mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {

        @Mixin private StackOptions options = new StackOptions();

        @Option(names = "--json", description = "One JSON object each.")
        private boolean json;

        @Override
        public Integer call() {
            Terminal terminal = new Terminal();
            for (JsonNode key : options.intake().keys().values()) {
                if (json) {
                    terminal.json(key);
                } else {
                    terminal.print(
                            "%-24s  %-20s  since %s  until %s"
                                    .formatted(
                                            key.path("name").asString(),
                                            String.join(
                                                    ",",
                                                    key.path("rights").values().stream()
                                                            .map(JsonNode::asString)
                                                            .sorted()
                                                            .toList()),
                                            key.path("createdAt").asString(),
                                            key.hasNonNull("expiresAt")
                                                    ? key.path("expiresAt").asString()
                                                    : "it is revoked"));
                }
            }
            return 0;
        }
    }

    @Command(
            name = "create",
            description = "Makes a key and prints it, this once: only its hash is kept.",
            mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {

        @Spec private @Nullable CommandSpec spec;

        @Mixin private StackOptions options = new StackOptions();

        @Parameters(paramLabel = "NAME", description = "Who will have it, as the audit names him.")
        private String name = "";

        @Option(
                names = "--rights",
                paramLabel = "RIGHT",
                split = ",",
                defaultValue = "upload",
                description =
                        "upload (hand in, see), manage (correct, hide, delete, read again), keys; several by commas (default: ${DEFAULT-VALUE}).")
        private List<String> rights = List.of();

        @Option(
                names = "--expires",
                paramLabel = "DATE",
                description =
                        "Last day on which it counts, as 2027-12-31; never ends where it is absent.")
        private @Nullable String expires;

        @Option(names = "--json", description = "One JSON object.")
        private boolean json;

        @Override
        public Integer call() {
            Terminal terminal = new Terminal();
            Map<String, Object> wish = new LinkedHashMap<>();
            wish.put("name", name);
            wish.put("rights", rights);
            if (expires != null) {
                Instant end = endOf(expires);
                if (end.isBefore(Instant.now())) {
                    throw new ParameterException(
                            Objects.requireNonNull(spec).commandLine(),
                            "--expires %s is past: name the last day on which the key is to count."
                                    .formatted(expires));
                }
                wish.put("expiresAt", end.toString());
            }
            JsonNode made = options.intake().makeKey(wish);
            if (json) {
                terminal.json(made);
            } else {
                terminal.print(made.path("key").asString());
                terminal.note("The key of '%s', shown this once.".formatted(name));
            }
            return 0;
        }

        private Instant endOf(String day) {
            try {
                return LocalDate.parse(day)
                        .plusDays(1)
                        .atStartOfDay(ZoneId.systemDefault())
                        .toInstant();
            } catch (DateTimeException e) {
                throw new ParameterException(
                        Objects.requireNonNull(spec).commandLine(),
                        "--expires '%s', expected a day as 2027-12-31".formatted(day));
            }
        }
    }

    @Command(
            name = "revoke",
            description = "Ends a key for good, within seconds.",
            mixinStandardHelpOptions = true)
    static final class Revoke implements Callable<Integer> {

        @Mixin private StackOptions options = new StackOptions();

        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        public Integer call() {
            try {
                options.intake().revokeKey(name);
            } catch (RejectedException e) {
                if (e.status() == NOT_FOUND) {
                    throw new StackException("There is no key of the name '%s'.".formatted(name));
                }
                throw e;
            }
            return 0;
        }
    }
}
