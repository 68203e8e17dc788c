/** Puts agenda items into the search index; {@code DocumentIndexing} is the story. */
@NullMarked
package org.minutebook.index;

import org.jspecify.annotations.NullMarked;
