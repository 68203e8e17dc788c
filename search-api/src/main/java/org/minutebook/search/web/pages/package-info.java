/** Pages for people, rendered here; they work without scripts. */
@NullMarked
package org.minutebook.search.web.pages;

import org.jspecify.annotations.NullMarked;
