/** Alerts on their way to e-mail and webhooks, each once. */
@NullMarked
package org.minutebook.search.alerts.delivery;

import org.jspecify.annotations.NullMarked;
