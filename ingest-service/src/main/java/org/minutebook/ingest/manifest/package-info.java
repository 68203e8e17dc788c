/** Tables that say what the files of an upload are. */
@NullMarked
package org.minutebook.ingest.manifest;

import org.jspecify.annotations.NullMarked;
