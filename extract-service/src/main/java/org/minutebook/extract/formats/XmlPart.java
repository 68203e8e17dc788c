package org.minutebook.extract.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.tika.utils.XMLReaderUtils;
import org.jspecify.annotations.Nullable;

/**
 * An XML part of a zipped document as a stream of elements, named without their namespaces: the two
 * editions of the Word format use different ones for the same elements.
 */
final class XmlPart implements AutoCloseable {

    /** Deepest nesting followed; word processors stay below 60, tables in tables included. */
    private static final int DEEPEST = 1000;

    private final InputStream in;
    private final XMLStreamReader xml;
    private final Budget budget;
    private final Deque<String> open = new ArrayDeque<>();
    private int events;

    private XmlPart(InputStream in, Budget budget) throws XMLStreamException {
        this.in = in;
        this.budget = budget;
        XMLInputFactory factory = XMLReaderUtils.getXMLInputFactory();
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        this.xml = factory.createXMLStreamReader(in);
    }

    /** Opens a part; null where the file has none of that name. */
    static @Nullable XmlPart open(ZipFile zip, String name, Budget budget)
            throws IOException, XMLStreamException {
        ZipEntry entry = zip.getEntry(name);
        return entry == null
                ? null
                : new XmlPart(budget.limited(zip.getInputStream(entry)), budget);
    }

    enum Event {
        START,
        END,
        TEXT,
        END_OF_PART
    }

    Event next() throws XMLStreamException, RefusedException {
        if (++events % 1024 == 0) {
            budget.checkTime();
        }
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.size() >= DEEPEST) {
                        throw new XMLStreamException(
                                "elements nested more than " + DEEPEST + " deep");
                    }
                    open.push(xml.getLocalName());
                    return Event.START;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    open.pop();
                    return Event.END;
                }
                case XMLStreamConstants.CHARACTERS,
                        XMLStreamConstants.CDATA,
                        XMLStreamConstants.SPACE -> {
                    return Event.TEXT;
                }
                default -> {
                    // comments and processing instructions say nothing
                }
            }
        }
        return Event.END_OF_PART;
    }

    /** Name of the element that starts or ends here. */
    String name() {
        return xml.getLocalName();
    }

    String text() {
        return xml.getText();
    }

    /** Passes over the element that has just started. */
    void skip() throws XMLStreamException, RefusedException {
        int depth = open.size();
        while (open.size() >= depth && next() != Event.END_OF_PART) {
            // its content is not wanted
        }
    }

    /** An attribute by its name without namespace; null where it is not there. */
    @Nullable String attribute(String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(name)) {
                return xml.getAttributeValue(i);
            }
        }
        return null;
    }

    /** A whole number in an attribute; {@code absent} where there is none. */
    int number(String name, int absent) {
        String value = attribute(name);
        if (value == null) {
            return absent;
        }
        try {
            return (int) Math.clamp(Double.parseDouble(value), -1_000_000, 1_000_000);
        } catch (NumberFormatException e) {
            return absent;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        } finally {
            in.close();
        }
    }
}
