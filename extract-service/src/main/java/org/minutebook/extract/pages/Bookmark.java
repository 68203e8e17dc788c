package org.minutebook.extract.pages;

/**
 * An entry of the outline that a PDF carries beside its pages.
 *
 * @param title as it stands there, not blank
 * @param page page that it leads to, from 1
 * @param level 1 for a top entry
 */
public record Bookmark(String title, int page, int level) {}
