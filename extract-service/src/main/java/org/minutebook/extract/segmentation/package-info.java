/** Cuts pages of lines into agenda items: which lines are headings, and what belongs to each. */
@NullMarked
package org.minutebook.extract.segmentation;

import org.jspecify.annotations.NullMarked;
