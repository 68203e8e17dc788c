package org.minutebook.ingest.web;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.CouncilId;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.ingest.DocumentFilter;
import org.minutebook.ingest.RegistryEntry;
import org.minutebook.ingest.elasticsearch.DocumentRegistry;
import org.minutebook.ingest.web.Problems.BadRequestException;
import org.minutebook.ingest.web.Problems.NotThereException;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.Versioned;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/documents}: what became of documents. */
@RestController
@RequestMapping("/api/v1/documents")
class DocumentsController {

    /** Most hashes in one question. */
    private static final int MOST_HASHES = 1000;

    private static final int LARGEST_PAGE = 1000;

    private final DocumentStore store;
    private final DocumentRegistry registry;

    DocumentsController(DocumentStore store, DocumentRegistry registry) {
        this.store = store;
        this.registry = registry;
    }

    /** Hashes to ask about. */
    record KnownQuestion(@Nullable List<String> sha256) {}

    /** Those of them that are there. */
    record KnownAnswer(List<RegistryEntry> known) {}

    /**
     * Documents, newest first.
     *
     * @param state states, separated by commas; all but DELETED where none is named
     * @param council name or id of a council
     * @param batch id of a batch
     * @param size most on a page, at most {@value #LARGEST_PAGE}
     * @param cursor {@code nextCursor} of the page before
     */
    @GetMapping
    DocumentRegistry.Page list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String council,
            @RequestParam(required = false) @Nullable String batch,
            @RequestParam(defaultValue = "50") int size,
            @RequestParam(required = false) @Nullable String cursor) {
        if (size < 1 || size > LARGEST_PAGE) {
            throw new BadRequestException(
                    "size %d, expected 1 to %d".formatted(size, LARGEST_PAGE));
        }
        try {
            return registry.list(filter(state, council, batch), size, cursor);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(
                    "cursor '%s', expected the nextCursor of a page".formatted(cursor));
        }
    }

    /** A filter as people and scripts write it. */
    static DocumentFilter filter(
            @Nullable String state, @Nullable String council, @Nullable String batch) {
        Set<DocumentState> states = EnumSet.noneOf(DocumentState.class);
        for (String name : state == null ? new String[0] : state.split(",", -1)) {
            if (!name.isBlank()) {
                states.add(stateOf(name.strip()));
            }
        }
        return new DocumentFilter(
                states,
                council == null || council.isBlank() ? null : CouncilId.of(council),
                batch == null || batch.isBlank() ? null : batch.strip());
    }

    private static DocumentState stateOf(String name) {
        try {
            return DocumentState.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(
                    "state '%s', expected one of %s"
                            .formatted(name, List.of(DocumentState.values())));
        }
    }

    @GetMapping("/{id}")
    RegistryEntry state(@PathVariable String id) {
        if (!DocumentId.isValid(id)) {
            throw new NotThereException();
        }
        return entriesOf(List.of(new DocumentId(id))).stream()
                .findFirst()
                .orElseThrow(NotThereException::new);
    }

    @PostMapping("/known")
    KnownAnswer known(@RequestBody KnownQuestion question) {
        List<String> hashes = question.sha256() == null ? List.of() : question.sha256();
        if (hashes.size() > MOST_HASHES) {
            throw new BadRequestException(
                    "%d hashes, expected at most %d".formatted(hashes.size(), MOST_HASHES));
        }
        Set<DocumentId> ids = new LinkedHashSet<>(); // scripts ask for the same hash twice
        for (String hash : hashes) {
            try {
                ids.add(DocumentId.of(new ContentHash(hash)));
            } catch (IllegalArgumentException e) {
                throw new BadRequestException(String.valueOf(e.getMessage()));
            }
        }
        return new KnownAnswer(
                entriesOf(ids).stream()
                        .filter(entry -> entry.state() != DocumentState.DELETED)
                        .toList());
    }

    /** Whether a document is known asks the store; how far it has come, the registry. */
    private List<RegistryEntry> entriesOf(Collection<DocumentId> ids) {
        List<StoredDocument> stored =
                ids.stream()
                        .map(store::record)
                        .flatMap(Optional::stream)
                        .map(Versioned::value)
                        .toList();
        Map<DocumentId, RegistryEntry> projected =
                registry.find(stored.stream().map(StoredDocument::id).toList()).stream()
                        .collect(Collectors.toMap(RegistryEntry::id, Function.identity()));
        return stored.stream()
                .map(document -> {
                    RegistryEntry entry = projected.get(document.id());
                    boolean current =
                            entry != null && !entry.revision().isOlderThan(document.revision());
                    return current ? entry : RegistryEntry.ofStored(document);
                })
                .toList();
    }
}
