package org.minutebook.contracts;

/**
 * Topic {@code documents.uploaded}, keyed by document id: a document is in the store at this
 * revision and is to be read (again), or was deleted. Carries the record, never the bytes (claim
 * check).
 *
 * @param document the record as stored
 */
public record DocumentUploaded(StoredDocument document) {

    /** Ids of batches that begin so are of a handful of files that somebody waits for. */
    public static final String FEW = "few-";

    private static final int DIGITS = 7;
    private static final int HEX = 16;

    /**
     * Partition of the topic that the record belongs in. The last one is for documents that came by
     * themselves or with a few others: they do not wait behind a bulk import, which has the rest.
     * The same for every revision of a document, so that what is said about it keeps its order.
     *
     * @param partitions how many the topic has
     */
    public int partition(int partitions) {
        boolean bulk =
                !document.batches().isEmpty() && !document.batches().getFirst().startsWith(FEW);
        if (partitions == 1 || !bulk) {
            return partitions - 1;
        }
        return Integer.parseInt(document.id().value().substring(0, DIGITS), HEX) % (partitions - 1);
    }
}
