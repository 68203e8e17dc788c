package org.minutebook.ingest.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.minutebook.manifest.EntryNames;
import org.springframework.stereotype.Component;

/**
 * Unpacks zip, tar and tar.gz archives as a stream: nothing of them is held in memory or written
 * down here. An entry that cannot be taken is refused by itself; an archive that is damaged or past
 * a limit is refused whole.
 */
@Component
public final class Archives {

    /** Below this a ratio says nothing: a page of blanks packs well, too. */
    private static final long FREE_BYTES = 10L * 1024 * 1024;

    private static final Set<String> ENDINGS = Set.of(".zip", ".tar", ".tar.gz", ".tgz");

    /** Archives that are not unpacked, here or inside others. */
    private static final Set<String> OTHER_ENDINGS =
            Set.of(".7z", ".rar", ".gz", ".bz2", ".xz", ".zst", ".jar");

    private final ArchiveLimits limits;

    Archives(ArchiveLimits limits) {
        this.limits = limits;
    }

    /** Takes what an archive holds. */
    public interface Sink {
        /**
         * A file.
         *
         * @param content to be read before the method returns; what is left of it is skipped
         */
        void file(FileName name, InputStream content);

        /**
         * An entry that is not taken.
         *
         * @param name as far as it can be told
         */
        void refused(String name, RefusedFileException refusal);
    }

    /** Whether a file of this name is an archive that is unpacked. */
    public static boolean isArchive(String name) {
        return hasEnding(name, ENDINGS);
    }

    private static boolean hasEnding(String name, Set<String> endings) {
        String lower = name.toLowerCase(Locale.ROOT);
        return endings.stream().anyMatch(lower::endsWith);
    }

    /**
     * Unpacks an archive.
     *
     * @param name tells the kind
     * @param bytes read as far as the archive goes, not closed
     * @throws RefusedFileException if it is damaged or past a limit; what the sink got is then to
     *     be thrown away
     * @throws UncheckedIOException if the sender breaks off
     */
    public void unpack(String name, InputStream bytes, Sink sink) {
        Packed packed = new Packed(new BufferedInputStream(bytes));
        String lower = name.toLowerCase(Locale.ROOT);
        try {
            if (lower.endsWith(".zip")) {
                new Unpacking<>(new ZipArchiveInputStream(packed, "ISO-8859-1", true), packed, sink)
                        .run();
            } else if (lower.endsWith(".tar")) {
                new Unpacking<>(new Tar(packed), packed, sink).run();
            } else {
                InputStream tar =
                        GzipCompressorInputStream.builder()
                                .setInputStream(packed)
                                .setDecompressConcatenated(true)
                                .get();
                new Unpacking<>(new Tar(tar), packed, sink).run();
            }
        } catch (IOException | IllegalArgumentException e) {
            packed.throwIfBrokenOff();
            throw damaged(e);
        }
    }

    private static RefusedFileException damaged(Exception cause) {
        RefusedFileException refusal = new RefusedFileException(FileRefusal.DAMAGED_ARCHIVE);
        refusal.initCause(cause);
        return refusal;
    }

    private static boolean isSpecial(TarArchiveEntry entry) {
        return entry.isLink()
                || entry.isSymbolicLink()
                || entry.isCharacterDevice()
                || entry.isBlockDevice()
                || entry.isFIFO();
    }

    private static boolean isOfWhole(FileRefusal reason) {
        return switch (reason) {
            case DAMAGED_ARCHIVE, TOO_MANY_ENTRIES, TOO_MUCH_CONTENT -> true;
            case UNSAFE_NAME,
                    NAME_TOO_LONG,
                    DUPLICATE_NAME,
                    LINK,
                    NESTED_ARCHIVE,
                    ENCRYPTED,
                    UNSUPPORTED_PACKING ->
                    false;
        };
    }

    /** The archive as it comes in: counts, and tells the sender's failures from its own. */
    private static final class Packed extends CountedInputStream {

        private @Nullable IOException brokenOff;

        Packed(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                brokenOff = e;
                throw e;
            }
        }

        void throwIfBrokenOff() {
            if (brokenOff != null) {
                throw new UncheckedIOException(brokenOff);
            }
        }
    }

    /**
     * A tar whose headers are kept within bounds. The library holds a long name and a record of PAX
     * whole in memory, those that are global until the end of the archive, and goes one call deeper
     * for each.
     */
    private static final class Tar extends TarArchiveInputStream {

        /** Longest names and records are a few kilobytes, extended attributes some more. */
        private static final long MOST_HEADER_BYTES = 1024L * 1024;

        /** A name, the name of a link and records of both kinds are 4, beside the entry itself. */
        private static final int MOST_HEADERS = 20;

        private final Bounded unpacked;
        private int depth;
        private long globalBytes;

        Tar(InputStream unpacked) {
            this(new Bounded(unpacked));
        }

        private Tar(Bounded unpacked) {
            super(unpacked, "ISO-8859-1");
            this.unpacked = unpacked;
        }

        /** Calls itself through the library where an entry has more headers than one. */
        @Override
        public @Nullable TarArchiveEntry getNextEntry() throws IOException {
            TarArchiveEntry before = getCurrentEntry();
            if (before != null && before.isGlobalPaxHeader()) {
                globalBytes += before.getSize();
            }
            if (depth == MOST_HEADERS || globalBytes > MOST_HEADER_BYTES) {
                throw tooLarge();
            }
            if (depth == 0) {
                unpacked.end = unpacked.count() + MOST_HEADER_BYTES;
            }
            depth++;
            try {
                return super.getNextEntry();
            } finally {
                depth--;
                if (depth == 0) {
                    unpacked.end = Long.MAX_VALUE;
                }
            }
        }

        private static RefusedFileException tooLarge() {
            return new RefusedFileException(
                    FileRefusal.DAMAGED_ARCHIVE,
                    "The archive is damaged: a header in it is larger than any name or attribute. Nothing of it was kept.");
        }

        /** What the library reads, be it of a header or of content. */
        private static final class Bounded extends CountedInputStream {

            /** Count past which nothing may be read. */
            private long end = Long.MAX_VALUE;

            Bounded(InputStream in) {
                super(in);
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                if (count() > end) {
                    throw tooLarge();
                }
                return read;
            }
        }
    }

    private final class Unpacking<E extends ArchiveEntry> {

        private final ArchiveInputStream<E> archive;
        private final Packed packed;
        private final Sink sink;
        private final Set<String> seen = new HashSet<>();
        private long unpacked;

        Unpacking(ArchiveInputStream<E> archive, Packed packed, Sink sink) {
            this.archive = archive;
            this.packed = packed;
            this.sink = sink;
        }

        void run() throws IOException {
            int entries = 0;
            for (E entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                if (++entries > limits.mostEntries()) {
                    throw new RefusedFileException(
                            FileRefusal.TOO_MANY_ENTRIES,
                            "The archive has more than %d entries, the limit minutebook.archives.most-entries. Nothing of it was kept."
                                    .formatted(limits.mostEntries()));
                }
                String name = EntryNames.of(entry);
                if (!entry.isDirectory() && !EntryNames.isLitter(name)) {
                    take(entry, name);
                }
                if (archive.canReadEntryData(entry)) {
                    // What nobody read counts as well: skipping unpacks.
                    new Content().transferTo(OutputStream.nullOutputStream());
                }
            }
            if (entries == 0) {
                throw new RefusedFileException(
                        FileRefusal.DAMAGED_ARCHIVE, "The archive is empty, or is none.");
            }
        }

        private void take(E entry, String name) {
            try {
                FileName checked = FileName.of(name);
                requireReadable(entry, name);
                if (!seen.add(checked.value())) {
                    throw new RefusedFileException(FileRefusal.DUPLICATE_NAME);
                }
                sink.file(checked, new Content());
            } catch (RefusedFileException e) {
                if (isOfWhole(e.reason())) {
                    throw e;
                }
                sink.refused(name, e);
            }
        }

        private void requireReadable(E entry, String name) {
            if (isArchive(name) || hasEnding(name, OTHER_ENDINGS)) {
                throw new RefusedFileException(FileRefusal.NESTED_ARCHIVE);
            }
            if (entry instanceof TarArchiveEntry tar && isSpecial(tar)) {
                throw new RefusedFileException(FileRefusal.LINK);
            }
            if (entry instanceof ZipArchiveEntry zip
                    && zip.getGeneralPurposeBit().usesEncryption()) {
                throw new RefusedFileException(FileRefusal.ENCRYPTED);
            }
            if (!archive.canReadEntryData(entry)) {
                throw new RefusedFileException(FileRefusal.UNSUPPORTED_PACKING);
            }
        }

        /** One entry's bytes, counted. */
        private final class Content extends InputStream {

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read;
                try {
                    read = archive.read(buffer, offset, length);
                } catch (IOException | IllegalArgumentException e) {
                    packed.throwIfBrokenOff();
                    throw damaged(e);
                }
                if (read > 0) {
                    unpacked += read;
                    requireWithinLimits();
                }
                return read;
            }
        }

        private void requireWithinLimits() {
            if (unpacked > limits.mostContent().toBytes()) {
                throw new RefusedFileException(
                        FileRefusal.TOO_MUCH_CONTENT,
                        "The archive unpacks to more than %d bytes, the limit minutebook.archives.most-content. Nothing of it was kept."
                                .formatted(limits.mostContent().toBytes()));
            }
            if (unpacked > FREE_BYTES && unpacked / limits.mostRatio() > packed.count()) {
                throw new RefusedFileException(
                        FileRefusal.TOO_MUCH_CONTENT,
                        "The archive unpacks to more than %d times its size, the limit minutebook.archives.most-ratio. Nothing of it was kept."
                                .formatted(limits.mostRatio()));
            }
        }
    }
}
