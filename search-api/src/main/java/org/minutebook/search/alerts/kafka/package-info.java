/** Connections of the alerts to the broker. */
@NullMarked
package org.minutebook.search.alerts.kafka;

import org.jspecify.annotations.NullMarked;
