package org.minutebook.index.web;

import org.minutebook.index.reindexing.Reindexing;
import org.minutebook.index.reindexing.Reindexing.Status;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.stereotype.Component;

/**
 * {@code /actuator/reindex}: POST replaces the item index by one filled anew, GET tells how far
 * that has come. On the port for operations, which is not open to the public.
 */
@Component
@Endpoint(id = "reindex")
class ReindexEndpoint {

    private final Reindexing reindexing;

    ReindexEndpoint(Reindexing reindexing) {
        this.reindexing = reindexing;
    }

    @ReadOperation
    Status status() {
        return reindexing.status();
    }

    @WriteOperation
    Status start() {
        return reindexing.start();
    }
}
