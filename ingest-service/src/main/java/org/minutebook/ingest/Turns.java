package org.minutebook.ingest;

import java.util.List;
import java.util.stream.IntStream;
import org.minutebook.contracts.DocumentId;
import org.springframework.stereotype.Component;

/**
 * Who writes a document's record and bytes takes turns, so that an upload and a deletion of the
 * same document do not leave a record without bytes. For this instance; another one of the same
 * document at the same moment is told by the record's version.
 */
@Component
class Turns {

    /** More locks only mean fewer accidental waits. */
    private static final int LOCKS = 256;

    private final List<Object> locks =
            IntStream.range(0, LOCKS).mapToObj(_ -> new Object()).toList();

    /** The lock of a document. */
    Object of(DocumentId id) {
        return locks.get(Math.floorMod(id.hashCode(), LOCKS));
    }
}
