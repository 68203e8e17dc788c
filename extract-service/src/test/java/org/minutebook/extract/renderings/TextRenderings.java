package org.minutebook.extract.renderings;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Sets a meeting's text in the formats that are text themselves: ODT, RTF, web pages. */
final class TextRenderings {

    private static final String MENU =
            """
            <div id="cookie-notice" class="cookie-banner"><h2>Cookies on this site</h2>
            <p>1. We use cookies to make this website work better.</p><button>Accept all</button></div>
            <a class="skip-link" href="#main">Skip to main content</a>
            <header class="site-header"><a href="/">Home</a>
            <form role="search"><label>Search</label><input name="q"><button>Go</button></form>
            <nav><ul><li><a href="/a">1. Bins and recycling</a></li><li><a href="/b">2. Council tax</a></li>
            <li><a href="/c">3. Planning applications</a></li><li><a href="/d">4. Your councillors</a></li></ul></nav></header>
            <ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/m">Meetings</a></li></ol>
            """;

    private static final String FOOT =
            """
            <div class="sidebar"><h3>In this section</h3><ul><li><a href="/1">Calendar of meetings</a></li>
            <li><a href="/2">Committees</a></li><li><a href="/3">Decisions</a></li><li><a href="/4">Petitions</a></li></ul></div>
            <footer><h2>Contact us</h2><ul><li><a href="/p">Privacy</a></li><li><a href="/t">Terms</a></li></ul>
            <p>10:30 Monday to Friday</p></footer>
            <script>var next = "09:99 Nothing";</script>
            """;

    private TextRenderings() {}

    static byte[] plain(MeetingText text) {
        return text.plain().getBytes(StandardCharsets.UTF_8);
    }

    /** As a meeting management system publishes it: a table of items in a page full of menus. */
    static byte[] itemTable(MeetingText text) {
        StringBuilder html = open(text).append(MENU).append("<div class=\"mgContent\">");
        html.append("<h1>").append(escaped(text.front().getFirst())).append("</h1>");
        text.front().stream()
                .skip(1)
                .filter(line -> !line.equals("No. Item"))
                .forEach(line -> p(html, line));
        html.append(
                "<table class=\"mgItemTable\"><thead><tr><th>No.</th><th>Item</th></tr></thead><tbody>");
        for (MeetingText.Item item : text.items()) {
            html.append("<tr><td class=\"mgItemNumberCell\"><p>")
                    .append(item.time())
                    .append("</p></td><td>");
            html.append("<p class=\"mgAiTitleTxt\">")
                    .append(escaped(item.heading()))
                    .append("</p>");
            html.append("<div class=\"mgWordPara\">");
            blocks(html, item);
            html.append("</div></td></tr>");
        }
        return bytes(html.append("</tbody></table></div>").append(FOOT).append("</body></html>"));
    }

    /** Headings and paragraphs within a main part. */
    static byte[] headings(MeetingText text) {
        StringBuilder html = open(text).append(MENU).append("<main id=\"main\">");
        html.append("<h1>").append(escaped(text.front().getFirst())).append("</h1>");
        text.front().stream().skip(1).forEach(line -> p(html, line));
        for (MeetingText.Item item : text.items()) {
            String start = item.time().isEmpty() ? "" : item.time() + ' ';
            html.append("<h2>").append(start).append(escaped(item.heading())).append("</h2>");
            blocks(html, item);
        }
        return bytes(html.append("</main>").append(FOOT).append("</body></html>"));
    }

    private static StringBuilder open(MeetingText text) {
        return new StringBuilder(
                        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(escaped(text.front().getFirst()))
                .append("</title><style>p{margin:0}</style></head><body class=\"has-sidebar\">");
    }

    private static void blocks(StringBuilder html, MeetingText.Item item) {
        MeetingText.Block.Kind open = MeetingText.Block.Kind.PARAGRAPH;
        for (MeetingText.Block block : item.blocks()) {
            if (block.kind() != open) {
                html.append(end(open)).append(start(block.kind()));
                open = block.kind();
            }
            if (open == MeetingText.Block.Kind.PARAGRAPH) {
                p(html, block.text());
            } else {
                html.append("<li>").append(escaped(block.text())).append("</li>");
            }
        }
        html.append(end(open));
    }

    private static String start(MeetingText.Block.Kind kind) {
        return switch (kind) {
            case PARAGRAPH -> "";
            case NUMBERED -> "<ol>";
            case BULLET -> "<ul>";
        };
    }

    private static String end(MeetingText.Block.Kind kind) {
        return start(kind).replace("<", "</");
    }

    private static void p(StringBuilder html, String text) {
        html.append("<p>").append(escaped(text)).append("</p>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static byte[] bytes(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Rich text with the numbers of lists as word processors write them for others to print. */
    static byte[] richText(MeetingText text) {
        StringBuilder rtf =
                new StringBuilder(
                        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}{\\f1 Symbol;}}\n");
        text.front().forEach(line -> rtf.append("\\pard ").append(rich(line)).append("\\par\n"));
        for (MeetingText.Item item : text.items()) {
            String start = item.time().isEmpty() ? "" : item.time() + "\\tab ";
            rtf.append("\\pard\\par{\\b ")
                    .append(start)
                    .append(rich(item.heading()))
                    .append("}\\par\n");
            for (MeetingText.Block block : item.blocks()) {
                rtf.append("\\pard");
                switch (block.kind()) {
                    case NUMBERED ->
                            rtf.append("{\\listtext\\pard\\plain\\f0 ")
                                    .append(block.marker())
                                    .append("\\tab}\\ls1\\fi-360\\li720 ");
                    case BULLET ->
                            rtf.append(
                                    "{\\listtext\\pard\\plain\\f0 \\bullet\\tab}\\ls2\\fi-360\\li720 ");
                    case PARAGRAPH -> rtf.append(' ');
                }
                rtf.append(rich(block.text())).append("\\par\n");
            }
        }
        return rtf.append('}').toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String rich(String text) {
        StringBuilder rtf = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c == '\\' || c == '{' || c == '}') {
                rtf.append('\\').append(c);
            } else if (c < 128) {
                rtf.append(c);
            } else {
                rtf.append("\\u").append((int) c).append('?');
            }
        }
        return rtf.toString();
    }

    /** OpenDocument text: headings by a style, lists numbered by the program itself. */
    static byte[] openDocument(MeetingText text) {
        StringBuilder xml =
                new StringBuilder(
                        """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
                          xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
                          xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.3">
                        <office:automatic-styles>
                        <text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>
                        <text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>
                        </office:automatic-styles><office:body><office:text>
                        """);
        text.front().forEach(line -> odtParagraph(xml, "Standard", escaped(line)));
        for (MeetingText.Item item : text.items()) {
            String start = item.time().isEmpty() ? "" : item.time() + "<text:tab/>";
            odtParagraph(xml, "ItemHeading", start + escaped(item.heading()));
            MeetingText.Block.Kind open = MeetingText.Block.Kind.PARAGRAPH;
            for (MeetingText.Block block : item.blocks()) {
                if (block.kind() != open && open != MeetingText.Block.Kind.PARAGRAPH) {
                    xml.append("</text:list>");
                }
                if (block.kind() != open && block.kind() != MeetingText.Block.Kind.PARAGRAPH) {
                    String list = block.kind() == MeetingText.Block.Kind.NUMBERED ? "L1" : "L2";
                    xml.append("<text:list text:style-name=\"").append(list).append("\">");
                }
                open = block.kind();
                boolean listed = open != MeetingText.Block.Kind.PARAGRAPH;
                xml.append(listed ? "<text:list-item>" : "");
                odtParagraph(xml, "Standard", escaped(block.text()));
                xml.append(listed ? "</text:list-item>" : "");
            }
            xml.append(open == MeetingText.Block.Kind.PARAGRAPH ? "" : "</text:list>");
        }
        xml.append("</office:text></office:body></office:document-content>");
        String styles =
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
                  xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
                  xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3">
                <office:styles><style:style style:name="Standard" style:family="paragraph"><style:text-properties fo:font-size="11pt"/></style:style>
                <style:style style:name="ItemHeading" style:family="paragraph" style:parent-style-name="Standard">
                <style:paragraph-properties fo:margin-top="0.3cm"/><style:text-properties fo:font-weight="bold"/></style:style>
                </office:styles></office:document-styles>
                """;
        return zip(xml.toString(), styles);
    }

    private static void odtParagraph(StringBuilder xml, String style, String content) {
        xml.append("<text:p text:style-name=\"")
                .append(style)
                .append("\">")
                .append(content)
                .append("</text:p>\n");
    }

    private static byte[] zip(String content, String styles) {
        String type = "application/vnd.oasis.opendocument.text";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            // The type stands first and unpacked, so that a file can be told by its first bytes.
            byte[] first = type.getBytes(StandardCharsets.US_ASCII);
            ZipEntry entry = new ZipEntry("mimetype");
            CRC32 crc = new CRC32();
            crc.update(first);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(first.length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(first);
            put(zip, "content.xml", content);
            put(zip, "styles.xml", styles);
            put(
                    zip,
                    "META-INF/manifest.xml",
                    """
                    <manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
                    <manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
                    </manifest:manifest>
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
