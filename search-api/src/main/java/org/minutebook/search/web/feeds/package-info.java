/** What other programs subscribe to: news of a search, and coming meetings. */
@NullMarked
package org.minutebook.search.web.feeds;

import org.jspecify.annotations.NullMarked;
