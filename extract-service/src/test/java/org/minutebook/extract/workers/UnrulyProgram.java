package org.minutebook.extract.workers;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.extract.pages.Page;

/** A worker that does what the name of the document says, as a hostile document might make it. */
public final class UnrulyProgram {

    private UnrulyProgram() {}

    public static void main(String[] arguments) throws Exception {
        InputStream in = System.in;
        PrintStream out = System.out;
        System.setOut(System.err);
        Frames frames = new Frames(in, out, 1 << 20);
        if (frames.read(Message.Begin.class).isEmpty()) {
            return;
        }
        frames.write(new Message.Ready());
        while (true) {
            var task = frames.read(Message.ToWorker.class);
            if (task.isEmpty()) {
                return;
            }
            frames.write(
                    switch (task.get()) {
                        case Message.ReadDocumentTask document ->
                                new Message.Refused(
                                        RefusalReason.DAMAGED,
                                        act(document.name(), document.file()));
                        case Message.ReadPageTask page ->
                                page(Path.of(page.file()).getFileName().toString(), page.number());
                        case Message.Begin _, Message.KeptPage _ ->
                                throw new IllegalStateException("no task: " + task);
                    });
        }
    }

    private static Message.Result page(String file, int number) throws Exception {
        return switch (file) {
            case "full disk" ->
                    new Message.Failed(Message.Fault.MACHINE, "No space left on device");
            case "no library" -> new Message.Failed(Message.Fault.PROGRAM, "No such class");
            case "flawed" -> new Message.Failed(Message.Fault.PAGE, "A picture is broken");
            default -> {
                act(file, file);
                yield new Message.PageRead(new Page(number, 595, 842, List.of(), Page.Reading.OCR));
            }
        };
    }

    private static String act(String name, String argument) throws Exception {
        return switch (name) {
            case "hang" -> {
                while (!Thread.interrupted()) {
                    Thread.onSpinWait();
                }
                yield "interrupted";
            }
            case "stop" -> idle();
            case "memory" -> {
                List<byte[]> held = new ArrayList<>();
                while (true) {
                    held.add(new byte[1 << 20]);
                }
            }
            case "crash" -> signal("SEGV");
            case "killed" -> signal("KILL");
            case "crash once" -> {
                if (Files.exists(Path.of(argument))) {
                    Files.delete(Path.of(argument));
                    yield signal("SEGV");
                }
                yield "done";
            }
            case "talk" -> "x".repeat(8 << 20);
            case "disk" -> {
                Path file = Path.of(System.getProperty("java.io.tmpdir"), "large");
                try (var large = Files.newOutputStream(file)) {
                    while (true) {
                        large.write(new byte[1 << 16]);
                        large.flush();
                    }
                } catch (IOException e) {
                    yield signal("XFSZ"); // as a program that does not handle it
                }
            }
            case "write" -> {
                try {
                    Files.writeString(Path.of(argument), "changed");
                    yield "written";
                } catch (IOException e) {
                    yield "kept from writing";
                }
            }
            case "connect" -> {
                try (Socket socket = new Socket()) {
                    socket.connect(
                            new InetSocketAddress(
                                    "127.0.0.1",
                                    Integer.parseInt(Path.of(argument).getFileName().toString())),
                            2_000);
                    yield "connected";
                } catch (IOException e) {
                    yield "kept from the network";
                }
            }
            case "environment" -> String.join(" ", System.getenv().keySet());
            default -> "pid " + ProcessHandle.current().pid();
        };
    }

    private static String signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();
        return idle();
    }

    /** Does nothing, for ever: until somebody or the signal on its way ends the process. */
    private static String idle() throws InterruptedException {
        new CountDownLatch(1).await();
        return "awake";
    }
}
