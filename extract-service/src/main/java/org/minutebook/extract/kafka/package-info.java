/** Extraction's Kafka edge: documents in; items, states and dead letters out. */
@NullMarked
package org.minutebook.extract.kafka;

import org.jspecify.annotations.NullMarked;
