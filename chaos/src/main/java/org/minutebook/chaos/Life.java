package org.minutebook.chaos;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentState;

/** What was done with a paper so far, and so what must have become of it. One thread writes. */
final class Life {

    private final Paper paper;
    private final DocumentId id;
    private final List<Instant> accepted = new CopyOnWriteArrayList<>();
    private Map<String, String> given;
    private boolean deleted;

    /** Its first upload was accepted. */
    Life(Paper paper) {
        this.paper = paper;
        this.id = paper.id();
        this.given = new HashMap<>(paper.given());
    }

    Paper paper() {
        return paper;
    }

    DocumentId id() {
        return id;
    }

    /** When something was accepted that the pipeline has work with. */
    List<Instant> accepted() {
        return accepted;
    }

    void accept() {
        accepted.add(Instant.now());
    }

    synchronized void correct(Map<String, String> metadata) {
        given.putAll(metadata);
    }

    synchronized void delete() {
        deleted = true;
    }

    /** It was handed in anew, as at first. */
    synchronized void restore() {
        deleted = false;
        given = new HashMap<>(paper.given());
    }

    synchronized boolean isDeleted() {
        return deleted;
    }

    /** Metadata in force. */
    synchronized Map<String, String> given() {
        return Map.copyOf(given);
    }

    /** The state it must end in. */
    DocumentState state() {
        if (isDeleted()) {
            return DocumentState.DELETED;
        }
        return paper.readable() ? DocumentState.INDEXED : DocumentState.REFUSED;
    }
}
