/** Intake's HTTP edge. */
@NullMarked
package org.minutebook.ingest.web;

import org.jspecify.annotations.NullMarked;
