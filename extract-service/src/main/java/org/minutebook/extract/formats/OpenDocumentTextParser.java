package org.minutebook.extract.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.extract.pages.Page;
import org.xml.sax.ContentHandler;

/**
 * Reads ODT as a stream. Tika's own parser drops the numbers of lists and headings, and whatever
 * looks come from named styles: all that headings are told by.
 */
final class OpenDocumentTextParser implements Parser {

    private static final long serialVersionUID = 1L;

    @Override
    public Set<MediaType> getSupportedTypes(ParseContext context) {
        return Set.of(Format.ODT.mediaType());
    }

    @Override
    public void parse(
            InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
            throws IOException, TikaException {
        PageSink sink = PageSink.of(context);
        Budget budget = sink.budget();
        try (ZipFile zip = new ZipFile(TikaInputStream.get(stream).getFile())) {
            checkEncryption(zip, budget);
            title(zip, budget, metadata);
            OpenDocumentStyles styles = new OpenDocumentStyles();
            try (XmlPart part = XmlPart.open(zip, "styles.xml", budget)) {
                if (part != null) {
                    styles.read(part);
                }
            }
            LineSetter setter = new LineSetter();
            try (XmlPart part = XmlPart.open(zip, "content.xml", budget)) {
                if (part == null) {
                    throw new IOException("no content.xml");
                }
                new OpenDocumentBody(styles, setter, budget).read(part);
            }
            for (Page page : setter.end()) {
                sink.put(page);
            }
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static void checkEncryption(ZipFile zip, Budget budget)
            throws IOException, XMLStreamException, RefusedException {
        try (XmlPart part = XmlPart.open(zip, "META-INF/manifest.xml", budget)) {
            while (part != null) {
                XmlPart.Event event = part.next();
                if (event == XmlPart.Event.END_OF_PART) {
                    return;
                }
                if (event == XmlPart.Event.START && part.name().equals("encryption-data")) {
                    throw new RefusedException(
                            RefusalReason.ENCRYPTED,
                            "The document is protected with a password. Save a copy without one and upload that.");
                }
            }
        }
    }

    private static void title(ZipFile zip, Budget budget, Metadata metadata)
            throws IOException, XMLStreamException, RefusedException {
        try (XmlPart part = XmlPart.open(zip, "meta.xml", budget)) {
            boolean inTitle = false;
            while (part != null) {
                switch (part.next()) {
                    case START -> inTitle = part.name().equals("title");
                    case END -> inTitle = false;
                    case TEXT -> {
                        if (inTitle) {
                            metadata.set(TikaCoreProperties.TITLE, part.text());
                        }
                    }
                    case END_OF_PART -> {
                        return;
                    }
                }
            }
        }
    }
}
