/** The real servers that integration tests talk to. */
@NullMarked
package org.minutebook.testservers;

import org.jspecify.annotations.NullMarked;
