/** The program that draws one picture and ends. Nothing of it is loaded by the service. */
@NullMarked
package org.minutebook.search.pictures.drawing;

import org.jspecify.annotations.NullMarked;
