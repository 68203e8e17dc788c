/**
 * What two services must agree on: events, topics, ids, and the shapes of documents and agenda
 * items. Types only: no framework, no input or output.
 */
@NullMarked
package org.minutebook.contracts;

import org.jspecify.annotations.NullMarked;
