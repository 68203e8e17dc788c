/** Bulk imports: from files and folders to documents whose fate is known. */
@NullMarked
package org.minutebook.local.bulk;

import org.jspecify.annotations.NullMarked;
