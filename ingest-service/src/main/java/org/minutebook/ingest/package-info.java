/**
 * Takes documents in: stores them first, announces them after; {@code DocumentIntake} is the story.
 */
@NullMarked
package org.minutebook.ingest;

import org.jspecify.annotations.NullMarked;
