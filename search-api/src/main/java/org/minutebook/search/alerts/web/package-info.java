/** Subscribing, managing and ending subscriptions over HTTP. */
@NullMarked
package org.minutebook.search.alerts.web;

import org.jspecify.annotations.NullMarked;
