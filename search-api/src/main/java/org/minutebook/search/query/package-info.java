/**
 * What a person types, as a tree: {@link org.minutebook.search.query.QueryParser} reads it, and
 * searches and alerts each turn the {@link org.minutebook.search.query.Expression} into what they
 * run, so that both understand the same words. Nothing here knows where the items are.
 */
@NullMarked
package org.minutebook.search.query;

import org.jspecify.annotations.NullMarked;
