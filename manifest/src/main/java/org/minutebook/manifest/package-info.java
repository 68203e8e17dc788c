/**
 * What files are called, and tables that say what they are, as people write them with a
 * spreadsheet.
 */
@NullMarked
package org.minutebook.manifest;

import org.jspecify.annotations.NullMarked;
