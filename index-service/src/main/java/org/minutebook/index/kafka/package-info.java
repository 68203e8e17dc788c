/** Indexing's Kafka edge: items in, events about them out, replay of all items. */
@NullMarked
package org.minutebook.index.kafka;

import org.jspecify.annotations.NullMarked;
