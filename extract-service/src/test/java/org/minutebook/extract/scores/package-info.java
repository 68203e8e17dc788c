/** Measures segmentation on labelled documents and holds what was reached. */
@NullMarked
package org.minutebook.extract.scores;

import org.jspecify.annotations.NullMarked;
