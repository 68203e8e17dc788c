/**
 * Processes of their own that read documents: what a document does to the process that reads it,
 * crash, hang or fill its memory, ends that process and nothing else.
 */
@NullMarked
package org.minutebook.extract.workers;

import org.jspecify.annotations.NullMarked;
