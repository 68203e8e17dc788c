package org.minutebook.extract.formats;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Builds the tree of a document from the XHTML events of Tika's parsers. */
final class ElementBuilder extends DefaultHandler {

    private final Budget budget;
    private final Element root = new Element("", Map.of());
    private final Deque<Element> open = new ArrayDeque<>();

    ElementBuilder(Budget budget) {
        this.budget = budget;
        open.push(root);
    }

    Element root() {
        return root;
    }

    @Override
    public void startElement(String uri, String local, String qualified, Attributes attributes)
            throws SAXException {
        try {
            budget.checkTime();
        } catch (RefusedException e) {
            throw new SAXException(e);
        }
        Map<String, String> kept = attributes.getLength() == 0 ? Map.of() : new HashMap<>();
        for (int i = 0; i < attributes.getLength(); i++) {
            kept.put(attributes.getLocalName(i).toLowerCase(Locale.ROOT), attributes.getValue(i));
        }
        Element element = new Element(local.toLowerCase(Locale.ROOT), kept);
        open.element().children().add(element);
        open.push(element);
    }

    @Override
    public void endElement(String uri, String local, String qualified) {
        open.pop();
    }

    @Override
    public void characters(char[] text, int start, int length) throws SAXException {
        try {
            budget.takeText(length);
        } catch (RefusedException e) {
            throw new SAXException(e);
        }
        open.element().children().add(new String(text, start, length));
    }

    @Override
    public void ignorableWhitespace(char[] text, int start, int length) {
        // Tika's own line ends between elements
    }
}
