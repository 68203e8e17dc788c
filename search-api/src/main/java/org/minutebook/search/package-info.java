/** Search of agenda items over HTTP, and pages for everybody. */
@NullMarked
package org.minutebook.search;

import org.jspecify.annotations.NullMarked;
