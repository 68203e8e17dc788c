package org.minutebook.extract.workers;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.extract.DocumentExtraction;
import org.minutebook.extract.Extraction;
import org.minutebook.extract.formats.DocumentReader;
import org.minutebook.extract.formats.ReadingLimits;
import org.minutebook.extract.ocr.PageOcr;
import org.minutebook.extract.pages.DiskFaults;
import org.minutebook.extract.pages.Page;
import org.springframework.util.unit.DataSize;

/**
 * The program of a worker: tasks on standard input, results on standard output, one after the
 * other, until its input ends. It knows neither store nor broker.
 */
public final class WorkerProgram {

    /** Tasks are short; an OCR page that comes with one is the longest of them. */
    private static final int LONGEST_TASK = 64 << 20;

    private final Frames frames;
    private final SynchronousQueue<Message.ToWorker> inbox = new SynchronousQueue<>();
    private final DocumentExtraction extraction;
    private final PageOcr ocr;

    private WorkerProgram(Frames frames, Message.Begin begin) {
        this.frames = frames;
        this.extraction =
                new DocumentExtraction(
                        new DocumentReader(
                                ReadingLimits.DEFAULT.with(
                                        begin.maxPages(), DataSize.ofBytes(begin.maxText()))));
        this.ocr = PageOcr.inThisProcess(begin.ocr(), 1);
    }

    /** Runs until standard input ends. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        // Whatever the libraries print must not come between the messages.
        InputStream in = System.in;
        PrintStream out = System.out;
        System.setOut(System.err);
        Frames frames = new Frames(in, out, LONGEST_TASK);
        Optional<Message.Begin> begin = frames.read(Message.Begin.class);
        if (begin.isPresent()) {
            new WorkerProgram(frames, begin.get()).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        Thread.ofPlatform().daemon().name("inbox").start(this::fillInbox);
        frames.write(new Message.Ready());
        while (true) {
            frames.write(resultOf(inbox.take()));
        }
    }

    /** Its input ends when the service does, perhaps in the middle of a document. */
    private void fillInbox() {
        try {
            Optional<Message.ToWorker> message = frames.read(Message.ToWorker.class);
            while (message.isPresent()) {
                inbox.put(message.get());
                message = frames.read(Message.ToWorker.class);
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("a worker ends: " + e);
        }
        Runtime.getRuntime().halt(0);
    }

    private Message.Result resultOf(Message.ToWorker task) throws InterruptedException {
        try {
            return switch (task) {
                case Message.ReadDocumentTask(DocumentId document, String file, String name) ->
                        Message.of(extraction.extract(document, Path.of(file), name, this::kept));
                case Message.ReadPageTask page -> read(page);
                case Message.Begin _, Message.KeptPage _ ->
                        throw new IllegalStateException("no task: " + task);
            };
        } catch (StackOverflowError e) {
            return Message.of(
                    new Extraction.Refused(
                            RefusalReason.TOO_DEMANDING,
                            "Reading the document took deeper nesting than can be followed."));
        } catch (IOException e) {
            return new Message.Failed(Message.Fault.MACHINE, traceOf(e));
        } catch (RuntimeException | LinkageError e) {
            return new Message.Failed(Message.Fault.PROGRAM, traceOf(e));
        }
    }

    /** What broken pictures and fonts make of drawing are exceptions of many kinds. */
    private Message.Result read(Message.ReadPageTask task) throws InterruptedException {
        try {
            return new Message.PageRead(
                    ocr.read(Path.of(task.file()), task.number(), task.limit()));
        } catch (IOException | RuntimeException e) {
            IOException fault = DiskFaults.behind(e);
            return fault == null
                    ? new Message.Failed(Message.Fault.PAGE, traceOf(e))
                    : new Message.Failed(Message.Fault.MACHINE, traceOf(fault));
        }
    }

    private Optional<Page> kept(int number) {
        try {
            frames.write(new Message.KeptPageWanted(number));
            return inbox.take() instanceof Message.KeptPage(Page page)
                    ? Optional.ofNullable(page)
                    : Optional.empty();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the service does not answer", e);
        }
    }

    private static String traceOf(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
