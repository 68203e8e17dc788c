/**
 * The store both ends of the pipeline use: a document's bytes by their hash, its record beside
 * them, and what services keep for themselves. It is the truth; everything but subscriptions can be
 * rebuilt from it.
 */
@NullMarked
package org.minutebook.store;

import org.jspecify.annotations.NullMarked;
