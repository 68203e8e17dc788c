/**
 * The way in for files of every format: what a file is, whether it can be read within the limits,
 * and its pages of lines. {@link org.minutebook.extract.formats.DocumentReader} is the door; Tika
 * tells what a file is and parses it, with parsers of our own where position, style or printed
 * numbers would be lost.
 */
@NullMarked
package org.minutebook.extract.formats;

import org.jspecify.annotations.NullMarked;
