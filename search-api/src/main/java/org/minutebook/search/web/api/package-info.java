/** The public interface for programs, under {@code /api/v1}. */
@NullMarked
package org.minutebook.search.web.api;

import org.jspecify.annotations.NullMarked;
