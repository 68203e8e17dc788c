/** Breaks a stack of its own at random while documents come in, and accounts for every one. */
@NullMarked
package org.minutebook.chaos;

import org.jspecify.annotations.NullMarked;
