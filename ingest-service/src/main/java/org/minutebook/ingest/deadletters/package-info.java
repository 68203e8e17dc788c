/** Records that a service gave up on: what they are, and what an operator does about them. */
@NullMarked
package org.minutebook.ingest.deadletters;

import org.jspecify.annotations.NullMarked;
