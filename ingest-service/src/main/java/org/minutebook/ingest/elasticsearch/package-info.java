/** The document registry in Elasticsearch. */
@NullMarked
package org.minutebook.ingest.elasticsearch;

import org.jspecify.annotations.NullMarked;
