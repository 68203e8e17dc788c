package org.minutebook.search.web.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.search.WithSearch;
import org.minutebook.search.items.NotThereException;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.Handout;
import org.minutebook.store.DocumentStore.LocalCopy;
import org.minutebook.store.DocumentStore.Versioned;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The documents as they were published. */
@WithSearch
@RestController
@RequestMapping("/api/v1/documents")
class DocumentsController {

    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    /**
     * Readers find the mark of a PDF within so many bytes. Source: PDF 1.7, implementation note 13.
     */
    private static final int MARK_WITHIN = 1024;

    /** Long enough to begin; what has begun is not cut off. */
    private static final Duration ADDRESS_VALID = Duration.ofMinutes(5);

    private final DocumentStore store;

    DocumentsController(DocumentStore store) {
        this.store = store;
    }

    /**
     * The original, whole or in ranges, or where the store hands it out itself. A PDF is shown by
     * the browser; anything else is handed out as a file, because a page that somebody uploaded
     * must not run as one of ours.
     */
    @GetMapping("/{id}/file")
    ResponseEntity<Resource> file(@PathVariable String id) {
        StoredDocument document = document(id);
        boolean pdf = isPdf(document);
        MediaType type = pdf ? MediaType.APPLICATION_PDF : MediaType.APPLICATION_OCTET_STREAM;
        String disposition =
                (pdf ? ContentDisposition.inline() : ContentDisposition.attachment())
                        .filename(document.name(), StandardCharsets.UTF_8)
                        .build()
                        .toString();
        Optional<URI> address =
                store.address(
                        document.sha256(),
                        new Handout(type.toString(), disposition),
                        ADDRESS_VALID);
        return address.isPresent()
                ? ResponseEntity.status(HttpStatus.FOUND)
                        .location(address.get())
                        .cacheControl(CacheControl.noStore())
                        .build()
                : ResponseEntity.ok()
                        .eTag('"' + document.sha256().hex() + '"')
                        .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic())
                        .contentType(type)
                        .header(HttpHeaders.CONTENT_DISPOSITION, disposition)
                        .body(new StoredFile(store, document));
    }

    private StoredDocument document(String id) {
        if (!DocumentId.isValid(id)) {
            throw nothing(id);
        }
        StoredDocument document =
                store.record(new DocumentId(id))
                        .map(Versioned::value)
                        .orElseThrow(() -> nothing(id));
        if (document.deleted()) {
            throw nothing(id);
        }
        return document;
    }

    private static NotThereException nothing(String id) {
        return new NotThereException("There is no document '" + id + "'");
    }

    private boolean isPdf(StoredDocument document) {
        try (InputStream in =
                store.open(document.sha256()).orElseThrow(() -> nothing(document.id().value()))) {
            byte[] head = in.readNBytes(MARK_WITHIN);
            return new String(head, StandardCharsets.ISO_8859_1)
                    .contains(new String(PDF, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes in the store. Each stream is over a local copy of its own and gives it back. */
    private static final class StoredFile extends AbstractResource {

        private final DocumentStore store;
        private final StoredDocument document;

        StoredFile(DocumentStore store, StoredDocument document) {
            this.store = store;
            this.document = document;
        }

        @Override
        public String getDescription() {
            return "document " + document.id();
        }

        @Override
        public long contentLength() {
            return document.size();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            LocalCopy copy =
                    store.local(document.sha256())
                            .orElseThrow(() -> nothing(document.id().value()));
            try {
                return new FilterInputStream(Files.newInputStream(copy.path())) {
                    @Override
                    public void close() throws IOException {
                        try (copy) {
                            super.close();
                        }
                    }
                };
            } catch (IOException e) {
                copy.close();
                throw e;
            }
        }
    }
}
