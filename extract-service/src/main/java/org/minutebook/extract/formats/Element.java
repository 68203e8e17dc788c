package org.minutebook.extract.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An element of a web page. Telling the page's matter from its menus needs the page as a whole.
 *
 * @param name in lower case
 * @param attributes by name in lower case
 * @param children elements and text ({@link String}) in order
 */
record Element(String name, Map<String, String> attributes, List<Object> children) {

    Element(String name, Map<String, String> attributes) {
        this(name, attributes, new ArrayList<>());
    }

    String attribute(String key) {
        return attributes.getOrDefault(key, "");
    }

    String style() {
        return attribute("style").toLowerCase(Locale.ROOT).replace(" ", "");
    }
}
