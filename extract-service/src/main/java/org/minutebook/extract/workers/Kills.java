package org.minutebook.extract.workers;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often the worker of a document was killed in a row. Once says nothing about the document; but
 * one that takes more memory than the machine has is killed for by the system each time, and would
 * be tried again for ever. Safe for use by many threads.
 */
final class Kills {

    /** So many in a row, each of a worker that was ready, are taken for the document's doing. */
    static final int MOST = 5;

    private static final int REMEMBERED = 1000;

    private final Map<String, Integer> inARow = new Oldest();

    /** Counts one; whether there were so many that the document is the likely cause. */
    synchronized boolean areOf(String document) {
        return inARow.merge(document, 1, Integer::sum) >= MOST;
    }

    /**
     * Begins anew: its worker lived, or it was refused. A page that OCR has read does not come
     * again, so nobody asks for this.
     */
    synchronized void forget(String document) {
        inARow.remove(document);
    }

    /** Forgets the one that was not killed for the longest time. */
    private static final class Oldest extends LinkedHashMap<String, Integer> {

        private static final long serialVersionUID = 1L;

        Oldest() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED;
        }
    }
}
