/**
 * Pictures of where an item stands on its page. They are drawn by a process of its own, kept in the
 * store, and served from there: what reads documents of strangers never runs in the service.
 */
@NullMarked
package org.minutebook.search.pictures;

import org.jspecify.annotations.NullMarked;
