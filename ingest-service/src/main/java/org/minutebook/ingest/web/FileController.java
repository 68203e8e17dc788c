package org.minutebook.ingest.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.ingest.web.Problems.NotThereException;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.LocalCopy;
import org.minutebook.store.DocumentStore.Versioned;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/** {@code GET /api/v1/documents/{id}/file}: the original, whole or in ranges. */
@Controller
class FileController {

    private final DocumentStore store;

    FileController(DocumentStore store) {
        this.store = store;
    }

    @GetMapping("/api/v1/documents/{id}/file")
    void file(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        StoredDocument document =
                store.record(ChangesController.documentId(id))
                        .map(Versioned::value)
                        .filter(d -> !d.deleted())
                        .orElseThrow(NotThereException::new);
        try (LocalCopy copy = store.local(document.sha256()).orElseThrow(NotThereException::new)) {
            MediaType type =
                    MediaTypeFactory.getMediaType(document.name())
                            .orElse(MediaType.APPLICATION_OCTET_STREAM);
            // Nothing that somebody uploaded may run as a page of ours.
            boolean shown = type.equals(MediaType.APPLICATION_PDF);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    (shown ? ContentDisposition.inline() : ContentDisposition.attachment())
                            .filename(lastOf(document.name()), StandardCharsets.UTF_8)
                            .build()
                            .toString());
            new Original(copy, document, type).handleRequest(request, response);
        }
    }

    private static String lastOf(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Serves one file as Spring serves static files: ranges, conditions, HEAD. */
    private static final class Original extends ResourceHttpRequestHandler {

        private final LocalCopy copy;
        private final MediaType type;

        Original(LocalCopy copy, StoredDocument document, MediaType type) throws Exception {
            this.copy = copy;
            this.type = type;
            setEtagGenerator(_ -> document.sha256().hex());
            afterPropertiesSet();
        }

        @Override
        protected Resource getResource(HttpServletRequest request) {
            return new FileSystemResource(copy.path());
        }

        @Override
        protected MediaType getMediaType(HttpServletRequest request, Resource resource) {
            return type;
        }
    }
}
