package org.minutebook.search.pictures;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.LocalCopy;
import org.minutebook.store.DocumentStore.Versioned;
import org.minutebook.store.StoreFullException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Pictures of parts of pages: from the store, and drawn on demand where it has none. */
@Component
public class ItemPictures {

    /** How long a part that cannot be drawn is not tried again. */
    private static final Duration FAILED_FOR = Duration.ofMinutes(30);

    private static final int MOST_FAILED = 2000;

    private static final Logger log = LoggerFactory.getLogger(ItemPictures.class);

    private final DocumentStore store;
    private final DrawingProcess drawing;
    private final PictureSettings settings;
    private final Clock clock;
    private final Semaphore places;
    private final Map<String, Instant> failed =
            Collections.synchronizedMap(
                    new LinkedHashMap<>() {
                        private static final long serialVersionUID = 1;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
                            return size() > MOST_FAILED;
                        }
                    });

    ItemPictures(
            DocumentStore store, DrawingProcess drawing, PictureSettings settings, Clock clock) {
        this.store = store;
        this.drawing = drawing;
        this.settings = settings;
        this.clock = clock;
        this.places = new Semaphore(settings.atOnce(), true);
    }

    /**
     * A picture; empty where the document is not there or cannot be drawn.
     *
     * @throws PicturesBusyException where too many others are being drawn
     * @throws org.minutebook.store.StoreUnavailableException if the store does not answer
     */
    public Optional<Picture> picture(MarkedPart part) {
        Optional<Picture> kept = kept(part);
        if (kept.isPresent()) {
            return kept;
        }
        Instant failure = failed.get(part.key());
        if (failure != null && failure.plus(FAILED_FOR).isAfter(clock.instant())) {
            return Optional.empty();
        }
        if (!takePlace()) {
            throw new PicturesBusyException();
        }
        try {
            // Who waited may have waited for the same one.
            return kept(part).or(() -> drawn(part));
        } finally {
            places.release();
        }
    }

    private boolean takePlace() {
        try {
            return places.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<Picture> kept(MarkedPart part) {
        return store.openDerived(part.key())
                .map(bytes -> {
                    try (InputStream in = bytes) {
                        return new Picture(in.readAllBytes());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private Optional<Picture> drawn(MarkedPart part) {
        Optional<StoredDocument> document = document(part);
        if (document.isEmpty()) {
            return Optional.empty();
        }
        try (LocalCopy copy = store.local(document.get().sha256()).orElse(null)) {
            if (copy == null) {
                return Optional.empty();
            }
            Optional<Picture> picture = drawing.draw(copy.path(), part);
            picture.ifPresentOrElse(
                    drawn -> keep(part, drawn), () -> failed.put(part.key(), clock.instant()));
            return picture;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<StoredDocument> document(MarkedPart part) {
        return store.record(part.document())
                .map(Versioned::value)
                .filter(document -> !document.deleted());
    }

    private void keep(MarkedPart part, Picture picture) {
        try {
            store.putDerived(part.key(), picture.bytes());
        } catch (StoreFullException e) {
            log.warn("The store has no room for a picture; it will be drawn again");
            return;
        }
        if (document(part).isEmpty()) {
            // Deleted while it was drawn: what was made from it goes with it.
            store.deleteDerived(MarkedPart.folder(part.document()));
        }
    }
}
