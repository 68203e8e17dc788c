/**
 * Topic alerts: saved searches whose finds are sent to who asked for them. What all of its packages
 * know.
 */
@NullMarked
package org.minutebook.search.alerts;

import org.jspecify.annotations.NullMarked;
