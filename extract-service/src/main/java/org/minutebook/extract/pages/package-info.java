/**
 * From a file of any format to pages of positioned lines, the one model that everything after works
 * on.
 */
@NullMarked
package org.minutebook.extract.pages;

import org.jspecify.annotations.NullMarked;
