package org.minutebook.ingest;

import org.minutebook.ingest.files.Archives;
import org.springframework.stereotype.Component;

/** Opens deliveries. */
@Component
public class Deliveries {

    private final DocumentIntake intake;
    private final Archives archives;
    private final IngestSettings settings;

    Deliveries(DocumentIntake intake, Archives archives, IngestSettings settings) {
        this.intake = intake;
        this.archives = archives;
        this.settings = settings;
    }

    /** A delivery of nothing yet. */
    public Delivery open() {
        return new Delivery(intake, archives, settings.maxSize().toBytes());
    }
}
