/** Tables that say what files are, as people write them with a spreadsheet. */
@NullMarked
package org.minutebook.manifest;

import org.jspecify.annotations.NullMarked;
