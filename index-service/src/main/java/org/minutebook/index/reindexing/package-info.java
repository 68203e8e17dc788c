/** Filling the index anew beside the one in use, and switching to it. */
@NullMarked
package org.minutebook.index.reindexing;

import org.jspecify.annotations.NullMarked;
