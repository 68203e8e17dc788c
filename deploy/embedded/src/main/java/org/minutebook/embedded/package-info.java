/** A real Kafka broker and a real Elasticsearch, run as child processes on one machine. */
@NullMarked
package org.minutebook.embedded;

import org.jspecify.annotations.NullMarked;
