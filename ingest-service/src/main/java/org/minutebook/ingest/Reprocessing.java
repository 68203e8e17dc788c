package org.minutebook.ingest;

import java.util.List;
import java.util.stream.Stream;
import org.minutebook.contracts.DocumentId;
import org.springframework.stereotype.Service;

/** Has many documents read again. */
@Service
public class Reprocessing {

    private final DocumentChanges changes;
    private final FailedDocuments failed;

    Reprocessing(DocumentChanges changes, FailedDocuments failed) {
        this.changes = changes;
        this.failed = failed;
    }

    /** Tells which documents failed for a reason of ours. */
    public interface FailedDocuments {
        /** Their ids, all of them. */
        List<DocumentId> failed();
    }

    /** Those that failed; returns how many. */
    public int failed() {
        return again(failed.failed().stream());
    }

    /** All that are not deleted; returns how many. */
    public int all() {
        try (Stream<DocumentId> all = changes.all()) {
            return again(all);
        }
    }

    private int again(Stream<DocumentId> documents) {
        return (int) documents.filter(id -> changes.reprocess(id).isPresent()).count();
    }
}
