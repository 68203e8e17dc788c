package org.minutebook.extract.formats;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.html.HtmlMapper;
import org.apache.tika.parser.html.IdentityHtmlMapper;
import org.apache.tika.parser.html.JSoupParser;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.apache.tika.sax.SecureContentHandler;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.extract.pages.Page;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/** Reads web pages and rich text by Tika's parsers, and lays their XHTML out as lines. */
final class XhtmlParser implements Parser {

    private static final long serialVersionUID = 1L;

    /** Deepest nesting followed; saved pages of council sites stay below 60. */
    private static final int DEEPEST = 400;

    /** Letters that a byte may become: entities and encodings make them fewer, not more. */
    private static final int MOST_LETTERS_A_BYTE = 10;

    /** A page is held in memory as a tree, which is about five times its size. */
    private static final long SHARE_FOR_TREE = 4;

    @Override
    public Set<MediaType> getSupportedTypes(ParseContext context) {
        return Set.of(Format.HTML.mediaType(), Format.RTF.mediaType());
    }

    @Override
    public void parse(
            InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
            throws IOException, SAXException, TikaException {
        PageSink sink = PageSink.of(context);
        Budget budget = sink.budget();
        TikaInputStream file = TikaInputStream.get(stream);
        boolean web =
                Format.HTML.mediaType().toString().equals(metadata.get(Metadata.CONTENT_TYPE));
        ElementBuilder builder = new ElementBuilder(budget);
        SecureContentHandler secure = new SecureContentHandler(builder, file);
        secure.setMaximumDepth(DEEPEST);
        secure.setMaximumCompressionRatio(MOST_LETTERS_A_BYTE);
        try {
            if (web) {
                checkTree(file.getLength(), budget);
                context.set(HtmlMapper.class, IdentityHtmlMapper.INSTANCE);
                new JSoupParser().parse(file, secure, metadata, context);
            } else {
                InputStream clean = new RtfCleaning(new BufferedInputStream(file));
                new RTFParser().parse(clean, secure, metadata, context);
            }
        } catch (SAXException e) {
            secure.throwIfCauseOf(e);
            throw e;
        }
        LineSetter setter = new LineSetter();
        if (web) {
            setter.add(webPage(builder.root(), metadata, budget));
        } else {
            Flow flow = new Flow(budget, true, (element, parent) -> element.name().equals("head"));
            setter.add(flow.lines(builder.root()));
        }
        for (Page page : setter.end()) {
            sink.put(page);
        }
    }

    private static void checkTree(long length, Budget budget) throws RefusedException {
        long most = budget.limits().maxPart().toBytes() / SHARE_FOR_TREE;
        if (length > most) {
            throw budget.pass(
                    RefusalReason.TOO_LARGE,
                    "The web page has %d MB, the limit for web pages is %d MB. Print it to PDF and upload that."
                            .formatted(length >> 20, most >> 20));
        }
    }

    /** The page's own lines, headed by the title that a browser shows above the page. */
    private static List<Draft> webPage(Element root, Metadata metadata, Budget budget)
            throws RefusedException {
        WebPageMatter page = new WebPageMatter(root);
        List<Draft> lines = new ArrayList<>();
        String title = metadata.get(TikaCoreProperties.TITLE);
        if (title != null && !title.isBlank()) {
            DraftParagraph heading = new DraftParagraph(budget, 0, 0);
            heading.text(title, Style.PLAIN);
            lines.addAll(heading.end());
        }
        lines.addAll(new Flow(budget, false, page::isAround).lines(page.matter()));
        return lines;
    }
}
