package org.minutebook.extract.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.commons.io.input.CloseShieldInputStream;
import org.apache.tika.detect.AutoDetectReader;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.minutebook.extract.pages.Page;
import org.xml.sax.ContentHandler;

/**
 * Reads plain text in the encoding that Tika finds. Tika's own parser replaces form feeds, which
 * are the page breaks of plain text.
 */
final class PlainTextParser implements Parser {

    private static final long serialVersionUID = 1L;

    @Override
    public Set<MediaType> getSupportedTypes(ParseContext context) {
        return Set.of(Format.TEXT.mediaType());
    }

    @Override
    public void parse(
            InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
            throws IOException, TikaException {
        PageSink sink = PageSink.of(context);
        PlainTextLines lines = new PlainTextLines(sink.budget());
        try (AutoDetectReader reader =
                new AutoDetectReader(CloseShieldInputStream.wrap(stream), metadata)) {
            char[] buffer = new char[8192];
            for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                sink.budget().checkTime();
                lines.add(buffer, read);
            }
        }
        for (Page page : lines.pages()) {
            sink.put(page);
        }
    }
}
