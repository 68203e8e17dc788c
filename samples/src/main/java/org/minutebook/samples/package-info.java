/**
 * Writes agendas and minutes of a made-up council as a clerk lays them out, with labels of every
 * item: the bundled samples, and any number of varied documents for load.
 */
@NullMarked
package org.minutebook.samples;

import org.jspecify.annotations.NullMarked;
