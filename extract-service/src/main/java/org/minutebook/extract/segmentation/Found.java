package org.minutebook.extract.segmentation;

import org.jspecify.annotations.Nullable;

/**
 * A row that opens an entry.
 *
 * @param label its number; null where it has none
 * @param why what told so, for a person who asks
 */
record Found(Row row, @Nullable Label label, String why) {}
