/** Operations on the index over HTTP. */
@NullMarked
package org.minutebook.index.web;

import org.jspecify.annotations.NullMarked;
