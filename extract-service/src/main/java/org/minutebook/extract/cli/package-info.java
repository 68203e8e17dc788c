/** Commands that work on files here, without the stack. */
@NullMarked
package org.minutebook.extract.cli;

import org.jspecify.annotations.NullMarked;
