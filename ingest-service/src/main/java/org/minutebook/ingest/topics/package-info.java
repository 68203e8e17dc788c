/** Makes the topics of all services. */
@NullMarked
package org.minutebook.ingest.topics;

import org.jspecify.annotations.NullMarked;
