package org.minutebook.local.stack;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Says which program listens on a port, as far as the system tells this user. */
final class PortUser {

    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";
    private static final int COMMAND_LENGTH = 160;

    private PortUser() {}

    /** For a message: {@code java (process 123: java -jar …)}, or that it cannot be told. */
    static String of(int port) {
        return process(port)
                .map(PortUser::describe)
                .orElse("a program that this user may not look at");
    }

    private static String describe(ProcessHandle process) {
        String command = commandLine(process);
        return "process %d: %s"
                .formatted(
                        process.pid(),
                        command.length() <= COMMAND_LENGTH
                                ? command
                                : command.substring(0, COMMAND_LENGTH) + "…");
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(PROC.resolve(process.pid() + "/cmdline"))
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            return process.info().command().orElse("unknown");
        }
    }

    private static Optional<ProcessHandle> process(int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            sockets.addAll(listening(PROC.resolve(table), port));
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.allProcesses()
                .filter(process -> holdsOneOf(process.pid(), sockets))
                .findFirst();
    }

    /** Names of the sockets that listen on the port, as links among a process's files show them. */
    private static Set<String> listening(Path table, int port) {
        Set<String> sockets = new HashSet<>();
        String hexPort = ":%04X".formatted(port);
        try {
            for (String line : Files.readAllLines(table)) {
                String[] columns = line.strip().toUpperCase(Locale.ROOT).split("\\s+");
                if (columns.length > 9
                        && columns[1].endsWith(hexPort)
                        && columns[3].equals(LISTENING)) {
                    sockets.add("socket:[" + columns[9] + "]");
                }
            }
        } catch (IOException e) {
            return Set.of(); // no such table: not Linux
        }
        return sockets;
    }

    private static boolean holdsOneOf(long pid, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(PROC.resolve(pid + "/fd"))) {
            for (Path file : files) {
                if (sockets.contains(target(file))) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // it has ended, or belongs to somebody else
        }
        return false;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
