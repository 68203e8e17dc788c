package org.minutebook.extract.renderings;

import java.util.List;

/** All ways in which the tests set a meeting's text. */
public final class Renderings {

    private Renderings() {}

    /** Those that can be read without OCR. */
    public static List<Rendering> readable() {
        PdfLook plain = PdfLook.PLAIN;
        PdfLook bold = plain.as(PdfLook.Layout.BOLD);
        PdfLook table = plain.as(PdfLook.Layout.TABLE);
        return List.of(
                Rendering.of("plain text", "txt", TextRenderings::plain),
                Rendering.pdf("PDF, plain", plain),
                Rendering.pdf("PDF, plain, Letter, Times", plain.letter().times()),
                Rendering.pdf("PDF, table of No. and Item", table),
                Rendering.pdf("PDF, table, Letter, Times", table.letter().times()),
                Rendering.pdf(
                        "PDF, bold headings, headers and footers",
                        bold.withRunningHeads().sized(13)),
                Rendering.pdf(
                        "PDF, bold headings, headers and footers, Times",
                        bold.times().withRunningHeads()),
                Rendering.pdf("PDF, turned by 90", bold.turned(90)),
                Rendering.pdf("PDF, turned by 180", plain.turned(180)),
                Rendering.pdf("PDF, turned by 270", table.turned(270)),
                Rendering.pdf("PDF, two columns of text", bold.columns(2).sized(10)),
                Rendering.pdf(
                        "PDF, two columns of text, headers, Letter",
                        bold.letter().columns(2).withRunningHeads().sized(10)),
                Rendering.pdf("PDF, line numbers", bold.withLineNumbers()),
                Rendering.pdf("PDF, line numbers, plain, Times", plain.times().withLineNumbers()),
                Rendering.pdf("PDF, watermark", bold.withWatermark()),
                Rendering.of("DOCX", "docx", WordRendering::paragraphs),
                Rendering.of("DOCX, table of No. and Item", "docx", WordRendering::table),
                Rendering.of("ODT", "odt", TextRenderings::openDocument),
                Rendering.of("RTF", "rtf", TextRenderings::richText),
                Rendering.of("HTML, item table among menus", "html", TextRenderings::itemTable),
                Rendering.of("HTML, headings in a main part", "html", TextRenderings::headings));
    }

    /** Pictures of pages, as an office scanner makes them. */
    public static List<Rendering> scanned() {
        PdfLook bold = PdfLook.PLAIN.as(PdfLook.Layout.BOLD);
        return List.of(
                new Rendering(
                        "PDF, scanned at 200 dpi",
                        "pdf",
                        true,
                        text -> PdfRendering.scan(PdfRendering.render(text, bold), 200)));
    }
}
