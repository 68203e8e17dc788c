/** Tells an OpenTelemetry collector of each document's way through the services. */
@NullMarked
package org.minutebook.traces;

import org.jspecify.annotations.NullMarked;
