/**
 * Token filters that the small Elasticsearch server lacks, under the names of the full
 * distribution.
 */
@NullMarked
package org.minutebook.analysis;

import org.jspecify.annotations.NullMarked;
