package org.minutebook.extract.pages;

/**
 * A word that was read off a picture of a page, in points from the top left of the page as read.
 *
 * @param text not blank
 * @param x left edge
 * @param baseline of its line at its place
 * @param width to the right edge
 * @param size size of the letters of its line
 * @param bold whether its strokes are far thicker than those of most words
 * @param confidence from 0 to 1
 */
public record Word(
        String text,
        double x,
        double baseline,
        double width,
        double size,
        boolean bold,
        double confidence) {}
