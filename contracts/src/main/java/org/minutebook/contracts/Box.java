package org.minutebook.contracts;

/**
 * A rectangle on a page, in points (1/72 inch) from the top left corner of the page as a person
 * sees it (rotation applied).
 *
 * @param page page of the document, from 1
 * @param x left edge
 * @param y top edge
 * @param width to the right
 * @param height downwards
 */
public record Box(int page, double x, double y, double width, double height) {

    public Box {
        if (page < 1) {
            throw new IllegalArgumentException("page " + page + ", expected 1 or more");
        }
    }
}
