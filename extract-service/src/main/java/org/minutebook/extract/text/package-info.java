/** Text apart from what it means: what is asked of every line, and how lines make up paragraphs. */
@NullMarked
package org.minutebook.extract.text;

import org.jspecify.annotations.NullMarked;
