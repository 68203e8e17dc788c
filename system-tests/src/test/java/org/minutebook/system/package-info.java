/** What no module can test alone: boundaries between modules, documentation, the whole product. */
@NullMarked
package org.minutebook.system;

import org.jspecify.annotations.NullMarked;
