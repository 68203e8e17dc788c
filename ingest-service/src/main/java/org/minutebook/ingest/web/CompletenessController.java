package org.minutebook.ingest.web;

import java.util.List;
import org.minutebook.ingest.elasticsearch.DocumentRegistry;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/completeness}: what is here and what was read of it, for everybody. */
@RestController
class CompletenessController {

    private final DocumentRegistry registry;

    CompletenessController(DocumentRegistry registry) {
        this.registry = registry;
    }

    /** Counts by council and year. */
    record Completeness(List<DocumentRegistry.CouncilCounts> councils) {}

    @GetMapping("/api/v1/completeness")
    Completeness completeness() {
        return new Completeness(registry.completeness());
    }
}
