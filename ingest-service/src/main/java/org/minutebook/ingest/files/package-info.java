/** Files as senders name and pack them: names as labels, archives as streams, within limits. */
@NullMarked
package org.minutebook.ingest.files;

import org.jspecify.annotations.NullMarked;
