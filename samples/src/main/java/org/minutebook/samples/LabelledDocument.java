package org.minutebook.samples;

/**
 * A finished document with what a perfect reader would find in it.
 *
 * @param name file name without ending
 * @param pdf its bytes
 * @param pages how many it has
 * @param labels what is in it
 */
public record LabelledDocument(String name, byte[] pdf, int pages, GoldLabels labels) {}
