package org.minutebook.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.extract.pages.OcrPages;

/** What the outline of a PDF adds to its pages, and what it may not take away. */
final class BookmarksTest {

    private static final List<String> AGENDA =
            Pdf.agendaLines("External Audit Plan", "Leisure Strategy", "Work Programme");

    /** A report with headings that count on from where the agenda ends. */
    private static final List<String> AUDIT =
            List.of(
                    "External Audit Plan",
                    "",
                    "6. Report of the Auditor",
                    "This plan sets out the work we mean to do.",
                    "",
                    "7. Report on Risks",
                    "Management override and the valuation of land.");

    private static final List<String> LEISURE =
            List.of(
                    "Leisure Strategy",
                    "",
                    "8. Purpose of the Report",
                    "To bring the strategy before the Council.",
                    "",
                    "9. Financial Report",
                    "There is none.");

    private static final List<String> ENTRIES = List.of("1", "2", "3", "4", "5");

    @TempDir Path folder;

    @Test
    void reports_that_an_outline_names_behind_the_agenda_have_no_items() throws IOException {
        byte[] pack = Pdf.pages(List.of(AGENDA, AUDIT, LEISURE));

        List<AgendaItem> items =
                items(
                        outlined(
                                pack,
                                "Agenda",
                                1,
                                "3 External Audit Plan",
                                2,
                                "4 Leisure Strategy",
                                3));

        assertThat(items).extracting(AgendaItem::number).containsExactlyElementsOf(ENTRIES);
        assertThat(items(pack)).as("without the outline").hasSizeGreaterThan(ENTRIES.size());
    }

    @Test
    void an_outline_that_names_what_is_not_there_changes_nothing() throws IOException {
        byte[] agenda =
                Pdf.pages(List.of(AGENDA, List.of("6. Date of the next meeting", "In May.")));

        assertThat(items(outlined(agenda, "Slide 1", 1, "Microsoft Word - x", 2, "_GoBack", 2)))
                .extracting(AgendaItem::title)
                .isEqualTo(items(agenda).stream().map(AgendaItem::title).toList());
    }

    @Test
    void an_outline_of_entries_where_they_stand_leaves_them_there() throws IOException {
        List<String> contents =
                List.of(
                        "Saltby Town Council",
                        "Agenda",
                        "",
                        "Apologies for absence",
                        "Leisure Strategy");
        byte[] agenda = Pdf.pages(List.of(contents, AGENDA));

        assertThat(items(outlined(agenda, "1. Apologies for absence", 2, "4. Leisure Strategy", 2)))
                .extracting(AgendaItem::title)
                .contains("Apologies for absence", "Leisure Strategy", "Work Programme");
    }

    @Test
    void an_outline_that_leads_in_circles_is_read_once() throws IOException {
        byte[] pack = outlined(Pdf.pages(List.of(AGENDA)), "Agenda", 1, "Work Programme", 1);
        byte[] circle;
        try (PDDocument pdf = Loader.loadPDF(pack)) {
            PDOutlineItem first = pdf.getDocumentCatalog().getDocumentOutline().getFirstChild();
            PDOutlineItem second = first.getNextSibling();
            second.getCOSObject().setItem(COSName.NEXT, first.getCOSObject());
            second.getCOSObject().setItem(COSName.FIRST, second.getCOSObject());
            circle = bytes(pdf);
        }

        assertThat(items(circle)).extracting(AgendaItem::number).containsExactlyElementsOf(ENTRIES);
    }

    private List<AgendaItem> items(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("pack.pdf"), bytes);
        Extraction extraction =
                new DocumentExtraction()
                        .extract(
                                DocumentId.of(ContentHash.of(bytes)),
                                file,
                                "pack.pdf",
                                OcrPages.NONE);
        assertThat(extraction).isInstanceOf(Extraction.Extracted.class);
        return ((Extraction.Extracted) extraction).items();
    }

    /** The same with an outline of titles, each followed by the page it leads to. */
    private static byte[] outlined(byte[] bytes, Object... entries) throws IOException {
        try (PDDocument pdf = Loader.loadPDF(bytes)) {
            PDDocumentOutline outline = new PDDocumentOutline();
            pdf.getDocumentCatalog().setDocumentOutline(outline);
            for (int i = 0; i < entries.length; i += 2) {
                PDOutlineItem item = new PDOutlineItem();
                item.setTitle((String) entries[i]);
                item.setDestination(pdf.getPage((Integer) entries[i + 1] - 1));
                outline.addLast(item);
            }
            return bytes(pdf);
        }
    }

    private static byte[] bytes(PDDocument pdf) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        pdf.save(bytes);
        return bytes.toByteArray();
    }
}
