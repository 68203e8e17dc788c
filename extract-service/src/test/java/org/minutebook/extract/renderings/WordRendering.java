package org.minutebook.extract.renderings;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import org.apache.poi.xwpf.usermodel.XWPFAbstractNum;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFNumbering;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTAbstractNum;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTLvl;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyle;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STNumberFormat;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STStyleType;

/** Sets a meeting's text as DOCX: headings by a style, lists numbered by Word itself. */
final class WordRendering {

    private final XWPFDocument document = new XWPFDocument();
    private final BigInteger numbered;
    private final BigInteger bulleted;

    private WordRendering() {
        style();
        numbered = list("1", STNumberFormat.DECIMAL, "%1.");
        bulleted = list("2", STNumberFormat.BULLET, "\uF0B7");
    }

    static byte[] paragraphs(MeetingText text) {
        WordRendering word = new WordRendering();
        text.front().forEach(line -> word.paragraph(word.document.createParagraph(), line, null));
        for (MeetingText.Item item : text.items()) {
            String start = item.time().isEmpty() ? "" : item.time() + "\t";
            word.paragraph(word.document.createParagraph(), start + item.heading(), "ItemHeading");
            for (MeetingText.Block block : item.blocks()) {
                word.block(word.document.createParagraph(), block);
            }
        }
        return word.bytes();
    }

    static byte[] table(MeetingText text) {
        WordRendering word = new WordRendering();
        XWPFTable table = null;
        for (String line : text.front()) {
            if (line.equals("No. Item")) {
                table = word.document.createTable(1, 2);
                word.paragraph(table.getRow(0).getCell(0).getParagraphs().get(0), "No.", null);
                word.paragraph(table.getRow(0).getCell(1).getParagraphs().get(0), "Item", null);
            } else {
                word.paragraph(word.document.createParagraph(), line, null);
            }
        }
        for (MeetingText.Item item : text.items()) {
            XWPFTableRow row = table.createRow();
            word.paragraph(row.getCell(0).getParagraphs().get(0), item.time(), null);
            XWPFTableCell cell = row.getCell(1);
            word.paragraph(cell.getParagraphs().get(0), item.heading(), "ItemHeading");
            for (MeetingText.Block block : item.blocks()) {
                word.block(cell.addParagraph(), block);
            }
        }
        return word.bytes();
    }

    private byte[] bytes() {
        try (document) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A heading is bold by its style only, as in the templates of councils. */
    private void style() {
        CTStyle style = CTStyle.Factory.newInstance();
        style.setStyleId("ItemHeading");
        style.setType(STStyleType.PARAGRAPH);
        style.addNewName().setVal("Item Heading");
        style.addNewRPr().addNewB();
        document.createStyles().addStyle(new XWPFStyle(style));
    }

    private BigInteger list(String id, STNumberFormat.Enum format, String text) {
        CTAbstractNum definition = CTAbstractNum.Factory.newInstance();
        definition.setAbstractNumId(new BigInteger(id));
        CTLvl level = definition.addNewLvl();
        level.setIlvl(BigInteger.ZERO);
        level.addNewStart().setVal(BigInteger.ONE);
        level.addNewNumFmt().setVal(format);
        level.addNewLvlText().setVal(text);
        XWPFNumbering numbering = document.createNumbering();
        BigInteger abstractId = numbering.addAbstractNum(new XWPFAbstractNum(definition));
        return numbering.addNum(abstractId);
    }

    private void block(XWPFParagraph paragraph, MeetingText.Block block) {
        paragraph(paragraph, block.text(), null);
        switch (block.kind()) {
            case NUMBERED -> paragraph.setNumID(numbered);
            case BULLET -> paragraph.setNumID(bulleted);
            case PARAGRAPH -> {
                // plain
            }
        }
    }

    private void paragraph(XWPFParagraph paragraph, String text, String style) {
        if (style != null) {
            paragraph.setStyle(style);
        }
        XWPFRun run = paragraph.createRun();
        String[] parts = text.split("\t");
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                run.addTab();
            }
            run.setText(parts[i], i == 0 ? 0 : run.getCTR().sizeOfTArray());
        }
    }
}
