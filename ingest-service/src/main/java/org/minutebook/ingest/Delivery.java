package org.minutebook.ingest;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.ingest.DocumentIntake.EmptyDocumentException;
import org.minutebook.ingest.DocumentIntake.Intake;
import org.minutebook.ingest.DocumentIntake.Said;
import org.minutebook.ingest.files.Archives;
import org.minutebook.ingest.files.FileName;
import org.minutebook.ingest.files.FileRefusal;
import org.minutebook.ingest.files.RefusedFileException;
import org.minutebook.ingest.manifest.Manifest;
import org.minutebook.store.ContentTooLargeException;
import org.minutebook.store.DocumentStore.StoredContent;

/**
 * Files handed in together. Their bytes are kept as they come; only when all have come, and it is
 * known what was said of them, are they documents. A delivery that breaks off leaves nothing.
 *
 * <p>For one thread.
 */
public final class Delivery implements AutoCloseable {

    private final DocumentIntake intake;
    private final Archives archives;
    private final long maxSize;
    private final List<Kept> kept = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private int archivesSeen;
    private boolean finished;

    Delivery(DocumentIntake intake, Archives archives, long maxSize) {
        this.intake = intake;
        this.archives = archives;
        this.maxSize = maxSize;
    }

    /** A file whose bytes are kept, or one that was refused: exactly one of the two is there. */
    private record Kept(
            String file, @Nullable StoredContent content, FileOutcome.@Nullable Refused refusal) {}

    /** What is said of all its files, by the sender's form and by a manifest. */
    public record Terms(
            Metadata common,
            Manifest manifest,
            @Nullable String batch,
            @Nullable DocumentId replaces) {}

    /**
     * Takes a file, or all that an archive holds.
     *
     * @param name as the sender gave it, null where it has none
     * @param bytes read as far as needed, not closed
     * @throws java.io.UncheckedIOException if the sender breaks off
     * @throws DocumentIntake.NoRoomException if the disk is below the reserve
     */
    public void file(@Nullable String name, InputStream bytes) {
        if (name == null) {
            keep("", bytes);
            return;
        }
        FileName checked;
        try {
            checked = FileName.of(name);
            if (Archives.isArchive(name)) {
                unpack(checked, bytes);
                return;
            }
            if (!names.add(checked.value())) {
                throw new RefusedFileException(FileRefusal.DUPLICATE_NAME);
            }
        } catch (RefusedFileException e) {
            refuse(name, e);
            return;
        }
        keep(checked.value(), bytes);
    }

    private void unpack(FileName archive, InputStream bytes) {
        archivesSeen++;
        int before = kept.size();
        Set<String> namesBefore = Set.copyOf(names);
        try {
            archives.unpack(
                    archive.value(),
                    bytes,
                    new Archives.Sink() {
                        @Override
                        public void file(FileName name, InputStream content) {
                            if (!names.add(name.value())) {
                                throw new RefusedFileException(FileRefusal.DUPLICATE_NAME);
                            }
                            keep(name.value(), content);
                        }

                        @Override
                        public void refused(String name, RefusedFileException refusal) {
                            refuse(name, refusal);
                        }
                    });
        } catch (RefusedFileException e) {
            List<Kept> ofArchive = kept.subList(before, kept.size());
            ofArchive.forEach(this::forget);
            ofArchive.clear();
            names.retainAll(namesBefore);
            throw e;
        }
    }

    private void keep(String name, InputStream bytes) {
        try {
            kept.add(new Kept(name, intake.keep(bytes), null));
        } catch (EmptyDocumentException e) {
            refuse(name, RefusalReason.EMPTY.name(), RefusalReason.EMPTY.explanation());
        } catch (ContentTooLargeException e) {
            refuse(
                    name,
                    RefusalReason.TOO_LARGE.name(),
                    "The document is larger than %d bytes, the limit minutebook.ingest.max-size."
                            .formatted(maxSize));
        }
    }

    private void refuse(String name, RefusedFileException refusal) {
        refuse(name, refusal.reason().name(), refusal.detail());
    }

    private void refuse(String name, String code, String detail) {
        kept.add(new Kept(name, null, new FileOutcome.Refused(name, code, detail)));
    }

    /** Whether anything was handed in. */
    public boolean isEmpty() {
        return kept.isEmpty();
    }

    /** Whether it was no more than one plain file. */
    public boolean isSingle() {
        return kept.size() == 1 && archivesSeen == 0;
    }

    /** Names of the files that came. */
    public Set<String> names() {
        return Set.copyOf(names);
    }

    /**
     * Makes documents of what came. When it returns they are durable.
     *
     * @return what became of each file, in the order in which they came
     */
    public List<FileOutcome> finish(Terms terms) {
        List<FileOutcome> outcomes = kept.stream().map(outcomeUnder(terms)).toList();
        finished = true;
        return outcomes;
    }

    private Function<Kept, FileOutcome> outcomeUnder(Terms terms) {
        return file -> {
            if (file.content() == null) {
                return Objects.requireNonNull(file.refusal());
            }
            String name = file.file();
            Intake taken =
                    intake.record(
                            file.content(),
                            new Said(
                                    name.isEmpty() ? null : name,
                                    terms.manifest().of(name).orElse(terms.common()),
                                    terms.batch(),
                                    terms.replaces()));
            return switch (taken) {
                case Intake.Accepted(var document) -> new FileOutcome.Accepted(name, document);
                case Intake.Known(var document, boolean differs) ->
                        new FileOutcome.Known(name, document, differs);
            };
        };
    }

    /** Takes away what came, unless it was finished. */
    @Override
    public void close() {
        if (!finished) {
            kept.forEach(this::forget);
        }
    }

    private void forget(Kept file) {
        if (file.content() != null) {
            intake.forget(file.content());
        }
    }
}
