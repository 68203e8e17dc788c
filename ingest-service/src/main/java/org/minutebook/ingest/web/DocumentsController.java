package org.minutebook.ingest.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.ingest.DocumentIntake;
import org.minutebook.ingest.DocumentIntake.Intake;
import org.minutebook.ingest.RegistryEntry;
import org.minutebook.ingest.elasticsearch.DocumentRegistry;
import org.minutebook.ingest.web.Problems.BadRequestException;
import org.minutebook.ingest.web.Problems.NotThereException;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.Versioned;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** {@code /api/v1/documents}: hand a document in, and ask what became of it. */
@RestController
@RequestMapping("/api/v1/documents")
class DocumentsController {

    /** Most hashes in one question. */
    private static final int MOST_HASHES = 1000;

    private final DocumentIntake intake;
    private final DocumentStore store;
    private final DocumentRegistry registry;

    DocumentsController(DocumentIntake intake, DocumentStore store, DocumentRegistry registry) {
        this.intake = intake;
        this.store = store;
        this.registry = registry;
    }

    /**
     * What became of an upload.
     *
     * @param document the document as it is now
     * @param metadataDiffers whether the bytes were there with other metadata
     */
    record Uploaded(RegistryEntry document, boolean metadataDiffers) {}

    /** Hashes to ask about. */
    record KnownQuestion(@Nullable List<String> sha256) {}

    /** Those of them that are there. */
    record KnownAnswer(List<RegistryEntry> known) {}

    @PostMapping
    ResponseEntity<Uploaded> upload(
            @RequestParam("file") MultipartFile file,
            @RequestParam(required = false) @Nullable String council,
            @RequestParam(required = false) @Nullable String committee,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String meetingDate,
            @RequestParam(required = false) @Nullable String title,
            @RequestParam(required = false) @Nullable String sourceUrl,
            @RequestParam(required = false) @Nullable String batch) {
        Metadata given =
                new Metadata(
                        blankToNull(council),
                        blankToNull(committee),
                        kindOf(blankToNull(kind)),
                        dateOf(blankToNull(meetingDate)),
                        blankToNull(title),
                        blankToNull(sourceUrl));
        try (InputStream bytes = file.getInputStream()) {
            Intake taken =
                    intake.receive(
                            bytes,
                            blankToNull(file.getOriginalFilename()),
                            given,
                            blankToNull(batch));
            RegistryEntry entry = RegistryEntry.ofStored(taken.document());
            URI address = URI.create("/api/v1/documents/" + entry.id());
            return switch (taken) {
                case Intake.Accepted accepted ->
                        ResponseEntity.accepted()
                                .location(address)
                                .body(new Uploaded(entry, false));
                case Intake.Known known ->
                        ResponseEntity.ok()
                                .location(address)
                                .body(new Uploaded(entry, known.metadataDiffers()));
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        List<DocumentId> ids = new ArrayList<>();
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
    private List<RegistryEntry> entriesOf(List<DocumentId> ids) {
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

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static @Nullable DocumentKind kindOf(@Nullable String text) {
        return text == null
                ? null
                : DocumentKind.parse(text)
                        .orElseThrow(() ->
                                new BadRequestException(
                                        "kind '" + text + "', expected agenda, minutes or other"));
    }

    private static @Nullable LocalDate dateOf(@Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new BadRequestException(
                    "meetingDate '" + text + "', expected a date as 2026-03-31");
        }
    }
}
