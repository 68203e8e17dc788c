/** Reads pages that are pictures: draws them, has Tesseract read them, keeps what it read. */
@NullMarked
package org.minutebook.extract.ocr;

import org.jspecify.annotations.NullMarked;
