package org.minutebook.extract.ocr;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads hOCR, the web page in which Tesseract says what stands where. */
final class Hocr {

    private static final XMLInputFactory FACTORY = factory();

    private Hocr() {}

    /**
     * A line of words, all measures in dots of the picture.
     *
     * @param box around it
     * @param slope of its baseline: dots down for one dot to the right
     * @param base distance of the baseline from the bottom of the box at its left edge, downwards
     * @param size height of its letters from the lowest descender to the highest ascender
     * @param upright whether it runs from left to right, and not up or down the page
     * @param words left to right, at least one
     */
    record TextLine(
            Rectangle box,
            double slope,
            double base,
            double size,
            boolean upright,
            List<TextWord> words) {

        double baselineAt(double x) {
            return box.bottom() + base + slope * (x - box.left());
        }
    }

    /**
     * A word.
     *
     * @param confidence from 0 to 1
     */
    record TextWord(Rectangle box, String text, double confidence) {}

    /** A place on the picture. */
    record Rectangle(int left, int top, int right, int bottom) {

        int width() {
            return right - left;
        }

        int height() {
            return bottom - top;
        }
    }

    /**
     * The lines of a page, in Tesseract's order.
     *
     * @param hocr the page's element
     * @throws IllegalArgumentException where it is not hOCR
     */
    static List<TextLine> read(String hocr) {
        try {
            XMLStreamReader xml = FACTORY.createXMLStreamReader(new StringReader(hocr));
            List<TextLine> lines = new ArrayList<>();
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT && isLine(type(xml))) {
                    TextLine line = line(xml);
                    if (!line.words().isEmpty()) {
                        lines.add(line);
                    }
                }
            }
            return lines;
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("not hOCR", e);
        }
    }

    private static boolean isLine(String type) {
        return switch (type) {
            case "ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat" -> true;
            default -> false;
        };
    }

    /** Reads up to the end of the line's element. */
    private static TextLine line(XMLStreamReader xml) throws XMLStreamException {
        Map<String, double[]> properties = properties(xml);
        double[] baseline = properties.getOrDefault("baseline", new double[] {0, 0});
        double[] size = properties.getOrDefault("x_size", new double[] {0});
        List<TextWord> words = new ArrayList<>();
        int depth = 1;
        while (depth > 0) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (type(xml).equals("ocrx_word")) {
                        TextWord word = word(xml);
                        if (!word.text().isEmpty()) {
                            words.add(word);
                        }
                    } else {
                        depth++;
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {
                    // white space between words
                }
            }
        }
        Rectangle box = rectangle(properties);
        boolean upright =
                !properties.containsKey("textangle")
                        && Math.abs(baseline[0]) < 1
                        && (words.size() < 2 || box.height() < box.width());
        return new TextLine(box, baseline[0], baseline[1], size[0], upright, words);
    }

    /** Reads up to the end of the word's element. */
    private static TextWord word(XMLStreamReader xml) throws XMLStreamException {
        Map<String, double[]> properties = properties(xml);
        StringBuilder text = new StringBuilder();
        int depth = 1;
        while (depth > 0) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.CHARACTERS -> text.append(xml.getText());
                default -> {
                    // comments
                }
            }
        }
        double[] confidence = properties.getOrDefault("x_wconf", new double[] {0});
        return new TextWord(
                rectangle(properties),
                text.toString().strip(),
                Math.clamp(confidence[0] / 100, 0, 1));
    }

    private static String type(XMLStreamReader xml) {
        @Nullable String type = xml.getAttributeValue(null, "class");
        return type == null ? "" : type;
    }

    private static Rectangle rectangle(Map<String, double[]> properties) {
        double[] box = properties.get("bbox");
        if (box == null || box.length < 4) {
            throw new IllegalArgumentException("not hOCR: an element without its place");
        }
        return new Rectangle((int) box[0], (int) box[1], (int) box[2], (int) box[3]);
    }

    /** {@code bbox 1 2 3 4; baseline 0.01 -9; …} by name; what is no number is left out. */
    private static Map<String, double[]> properties(XMLStreamReader xml) {
        Map<String, double[]> properties = new HashMap<>();
        @Nullable String title = xml.getAttributeValue(null, "title");
        for (String property : title == null ? new String[0] : title.split(";", -1)) {
            String[] words = property.strip().split(" ", -1);
            double[] values = new double[words.length - 1];
            try {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Double.parseDouble(words[i + 1]);
                }
            } catch (NumberFormatException e) {
                continue; // a name of a file or a font
            }
            properties.put(words[0], values);
        }
        return properties;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }
}
