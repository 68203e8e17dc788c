package org.minutebook.samples;

/**
 * A document to be made.
 *
 * @param paper what it says
 * @param design how it looks
 */
record Sample(Paper paper, Design design) {}
