/** The command line {@code ./minutebook}: one class a verb. */
@NullMarked
package org.minutebook.local;

import org.jspecify.annotations.NullMarked;
