/** Who may do what: keys with names and rights, and the limit on what each may ask. */
@NullMarked
package org.minutebook.ingest.access;

import org.jspecify.annotations.NullMarked;
