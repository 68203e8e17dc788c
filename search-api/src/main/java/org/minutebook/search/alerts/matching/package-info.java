/** New items against all subscriptions, in memory. */
@NullMarked
package org.minutebook.search.alerts.matching;

import org.jspecify.annotations.NullMarked;
