/** Intake's Kafka edge: announcements out, lifecycle events in. */
@NullMarked
package org.minutebook.ingest.kafka;

import org.jspecify.annotations.NullMarked;
