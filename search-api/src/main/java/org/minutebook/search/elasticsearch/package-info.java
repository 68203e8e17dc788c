/** Asks Elasticsearch: the only place that knows the index. */
@NullMarked
package org.minutebook.search.elasticsearch;

import org.jspecify.annotations.NullMarked;
