/**
 * What a document says of itself and of each item: council, committee, date, who was there, what
 * was decided.
 */
@NullMarked
package org.minutebook.extract.metadata;

import org.jspecify.annotations.NullMarked;
