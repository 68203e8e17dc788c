/** The whole product on one machine: its parts as processes, where they live, how they are run. */
@NullMarked
package org.minutebook.local.stack;

import org.jspecify.annotations.NullMarked;
