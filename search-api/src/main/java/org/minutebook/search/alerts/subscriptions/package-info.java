/**
 * Who wants to be told what: kept in the topic of subscriptions, and in memory of every instance.
 */
@NullMarked
package org.minutebook.search.alerts.subscriptions;

import org.jspecify.annotations.NullMarked;
