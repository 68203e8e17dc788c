package org.minutebook.store;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;

/**
 * Keeps documents: bytes by hash, and for each document one record.
 *
 * <p>Every write is all or nothing, durable when the call returns, and leaves nothing behind when
 * the process dies in the middle that a later start does not remove. All methods may be called from
 * several threads and, for the S3 store, from several machines. Reads see finished writes.
 *
 * <p>Errors: {@link StoreUnavailableException} where the store cannot be reached or does not
 * answer, to be tried again; {@link StoreFullException} where it has no room.
 */
public interface DocumentStore extends AutoCloseable {

    /**
     * Takes bytes in as a stream, hashing on the way, and keeps them if they are not there yet.
     * Never holds them whole in memory. Nothing is kept if it throws.
     *
     * @param bytes read to the end, not closed
     * @param limit the most bytes that are taken
     * @throws ContentTooLargeException past the limit
     * @throws java.io.UncheckedIOException if reading {@code bytes} fails
     */
    StoredContent put(InputStream bytes, long limit);

    /** Opens a document's bytes; empty where they are not there. The caller closes the stream. */
    Optional<InputStream> open(ContentHash hash);

    /** Whether a document's bytes are there; costs as little as the store can tell it for. */
    boolean holds(ContentHash hash);

    /**
     * A document's bytes as a local file that can be read at random, without a copy where the store
     * has one.
     *
     * @return empty where they are not there
     */
    Optional<LocalCopy> local(ContentHash hash);

    /**
     * An address under which whoever has it fetches a document's bytes from the store itself, so
     * that they do not pass through a service. It asks for no key and ends by itself.
     *
     * @param handout how the store is to hand the bytes out
     * @param valid for how long from now
     * @return empty where the store gives no addresses, as a folder, or is not set to
     */
    Optional<URI> address(ContentHash hash, Handout handout, Duration valid);

    /** Removes a document's bytes; nothing happens where they are not there. */
    void delete(ContentHash hash);

    /**
     * A document's record with its version; empty where there is none.
     *
     * @throws RecordUnreadableException if what is there is no record
     */
    Optional<Versioned<StoredDocument>> record(DocumentId id);

    /**
     * Writes a record if nobody else did since it was read, and marks its revision as to be
     * announced, as one step: after a crash there is either neither, or the mark (perhaps without
     * its record), or both.
     *
     * @param expected version that was read; {@link Versioned#ABSENT} where there was none
     * @return the new version; empty if the stored one is another, and nothing was written
     */
    Optional<String> putRecord(StoredDocument document, String expected);

    /**
     * Takes away the mark of one revision, after it was announced. Marks of other revisions stay.
     */
    void announced(DocumentId id, Revision revision);

    /**
     * The marks of revisions that are to be announced, oldest first; cheap when there are none. A
     * mark whose record is absent or newer is left over from a crash or overtaken, and harmless.
     *
     * @param limit the most that are returned
     */
    List<Unannounced> unannounced(int limit);

    /** Ids of all records, in no order. The caller closes the stream. */
    Stream<DocumentId> records();

    /**
     * Keeps bytes under a key, replacing what was there: pages read by OCR, messages too large for
     * Kafka.
     *
     * @param key segments of letters, digits, {@code -}, {@code _} and {@code .}, separated by
     *     {@code /}; no segment begins with a dot
     */
    void putDerived(String key, byte[] bytes);

    /**
     * Keeps bytes under a key if there are none yet; of several who do so at once, one does.
     *
     * @param key as for {@link #putDerived}
     * @return whether these bytes are kept; false where there were others
     */
    boolean putDerivedIfAbsent(String key, byte[] bytes);

    /** Opens bytes kept under a key; empty where there are none. The caller closes the stream. */
    Optional<InputStream> openDerived(String key);

    /** Removes everything under a key and below it. */
    void deleteDerived(String key);

    /** Bytes that can still be written; {@link Long#MAX_VALUE} where the store does not say. */
    long usableSpace();

    @Override
    void close();

    /**
     * Bytes that were put.
     *
     * @param hash their hash
     * @param size how many
     * @param created whether they were not there before
     */
    record StoredContent(ContentHash hash, long size, boolean created) {}

    /**
     * How bytes are handed out.
     *
     * @param mediaType as {@code application/pdf}
     * @param disposition value of the header {@code Content-Disposition}
     */
    record Handout(String mediaType, String disposition) {}

    /** A local file with a document's bytes. To be closed, which removes it if it is a copy. */
    interface LocalCopy extends AutoCloseable {
        Path path();

        @Override
        void close();
    }

    /**
     * A revision that is to be announced.
     *
     * @param id names the document
     * @param revision the revision
     */
    record Unannounced(DocumentId id, Revision revision) {}

    /**
     * A value with the version under which it is stored.
     *
     * @param version opaque; equal if and only if the value was not written since
     */
    record Versioned<T>(T value, String version) {
        /** Version of what is not there. */
        public static final String ABSENT = "";
    }
}
