/** From a document's bytes to its agenda items; {@code DocumentExtraction} is the story. */
@NullMarked
package org.minutebook.extract;

import org.jspecify.annotations.NullMarked;
