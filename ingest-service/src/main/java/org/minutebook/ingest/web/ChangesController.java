package org.minutebook.ingest.web;

import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.ingest.DocumentChanges;
import org.minutebook.ingest.Rebuilding;
import org.minutebook.ingest.RegistryEntry;
import org.minutebook.ingest.Reprocessing;
import org.minutebook.ingest.web.Problems.BadRequestException;
import org.minutebook.ingest.web.Problems.NotThereException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * {@code /api/v1/documents/{id}}: delete, correct, hide, read again. All answer at once with the
 * document at its new revision; the effect on search follows.
 */
@RestController
@RequestMapping("/api/v1/documents")
class ChangesController {

    private static final Set<String> CORRECTABLE =
            Set.of("council", "committee", "kind", "meetingDate", "title", "sourceUrl");

    private final DocumentChanges changes;
    private final Reprocessing reprocessing;
    private final Rebuilding rebuilding;

    ChangesController(DocumentChanges changes, Reprocessing reprocessing, Rebuilding rebuilding) {
        this.changes = changes;
        this.reprocessing = reprocessing;
        this.rebuilding = rebuilding;
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RegistryEntry delete(@PathVariable String id) {
        return entry(changes.delete(documentId(id)));
    }

    /**
     * JSON merge patch (RFC 7396): a field that is null is taken back, one that is absent stays.
     */
    @PatchMapping("/{id}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RegistryEntry correct(@PathVariable String id, @RequestBody JsonNode patch) {
        if (!patch.isObject()) {
            throw new BadRequestException("expected an object with the fields to correct");
        }
        for (Iterator<String> names = patch.propertyNames().iterator(); names.hasNext(); ) {
            String name = names.next();
            if (!CORRECTABLE.contains(name)) {
                throw new BadRequestException(
                        "field '%s', expected council, committee, kind, meetingDate, title or sourceUrl"
                                .formatted(name));
            }
            if (!patch.get(name).isNull() && !patch.get(name).isString()) {
                throw new BadRequestException(
                        "field '%s', expected a text or null".formatted(name));
            }
        }
        Metadata said =
                new Fields(name -> patch.path(name).isString() ? patch.get(name).asString() : null)
                        .metadata();
        return entry(changes.correct(documentId(id), given -> merge(patch, said, given)));
    }

    private static Metadata merge(JsonNode patch, Metadata said, Metadata given) {
        return new Metadata(
                patch.has("council") ? said.council() : given.council(),
                patch.has("committee") ? said.committee() : given.committee(),
                patch.has("kind") ? said.kind() : given.kind(),
                patch.has("meetingDate") ? said.meetingDate() : given.meetingDate(),
                patch.has("title") ? said.title() : given.title(),
                patch.has("sourceUrl") ? said.sourceUrl() : given.sourceUrl());
    }

    @PutMapping("/{id}/hidden/{item}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RegistryEntry hide(@PathVariable String id, @PathVariable String item) {
        return entry(changes.hide(itemId(id, item)));
    }

    @DeleteMapping("/{id}/hidden/{item}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RegistryEntry show(@PathVariable String id, @PathVariable String item) {
        return entry(changes.show(itemId(id, item)));
    }

    @PostMapping("/{id}/reprocess")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RegistryEntry reprocess(@PathVariable String id) {
        return entry(changes.reprocess(documentId(id)));
    }

    /**
     * How many documents are read again.
     *
     * @param documents how many
     */
    record ReprocessAnswer(int documents) {}

    /** Has the failed documents, or all, read again; repeating it while it runs starts over. */
    @PostMapping("/reprocess")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ReprocessAnswer reprocessMany(@RequestParam String which) {
        return switch (which) {
            case "failed" -> new ReprocessAnswer(reprocessing.failed());
            case "all" -> new ReprocessAnswer(reprocessing.all());
            default ->
                    throw new BadRequestException(
                            "which '%s', expected failed or all".formatted(which));
        };
    }

    /** Announces every document of the store again, in the background. */
    @PostMapping("/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Rebuilding.Status rebuild() {
        return rebuilding.start();
    }

    /** How far that has come; of the instance that answers. */
    @GetMapping("/rebuild")
    Rebuilding.Status rebuildStatus() {
        return rebuilding.status();
    }

    private static RegistryEntry entry(Optional<StoredDocument> changed) {
        return changed.map(RegistryEntry::ofStored).orElseThrow(NotThereException::new);
    }

    static DocumentId documentId(String id) {
        if (!DocumentId.isValid(id)) {
            throw new NotThereException();
        }
        return new DocumentId(id);
    }

    private static ItemId itemId(String document, String item) {
        if (!ItemId.isValid(item) || !item.startsWith(document)) {
            throw new NotThereException();
        }
        return new ItemId(item);
    }
}
