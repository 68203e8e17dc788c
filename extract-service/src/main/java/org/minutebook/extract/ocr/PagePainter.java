package org.minutebook.extract.ocr;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;
import org.minutebook.extract.formats.DrawablePdf;
import org.minutebook.extract.pages.DiskFaults;

/** Draws pages of a PDF as pictures for OCR. */
final class PagePainter {

    /** A page of A3 at 300 dots an inch has 17 million; larger ones are drawn coarser. */
    private static final double MOST_DOTS = 20e6;

    /** A4 in square inches: smaller pages are often larger ones scaled down, and drawn finer. */
    private static final double A4 = 8.27 * 11.69;

    /** Most that a small page is drawn finer than others. */
    private static final double FINEST = 1.25;

    /** Operators between two looks at the clock. */
    private static final int OPERATORS_BETWEEN_CHECKS = 64;

    private final int dpi;

    PagePainter(int dpi) {
        this.dpi = dpi;
    }

    /**
     * Draws one page.
     *
     * @param number from 1
     * @throws IOException when the page cannot be drawn, or not within the limit
     */
    Picture draw(Path file, int number, Duration limit) throws IOException {
        try (PDDocument document = DrawablePdf.open(file, limit)) {
            Renderer renderer = new Renderer(document, System.nanoTime() + limit.toNanos());
            PDRectangle box = document.getPage(number - 1).getCropBox();
            double area = Math.max(1, box.getWidth() / 72.0 * box.getHeight() / 72.0);
            double finer = Math.clamp(Math.sqrt(A4 / area), 1, FINEST);
            double resolution = Math.min(dpi * finer, Math.sqrt(MOST_DOTS / area));
            BufferedImage image =
                    renderer.renderImageWithDPI(number - 1, (float) resolution, ImageType.RGB);
            return new Picture(
                    image.getWidth(), image.getHeight(), resolution, grey(image), renderer.flawed);
        }
    }

    /** Drawing in grey is slower than drawing in colour and converting. */
    private static byte[] grey(BufferedImage image) throws IOException {
        if (!(image.getRaster().getDataBuffer() instanceof DataBufferInt buffer)) {
            throw new IOException("drawn as a picture of type " + image.getType());
        }
        int[] dots = buffer.getData();
        byte[] grey = new byte[dots.length];
        for (int i = 0; i < dots.length; i++) {
            int rgb = dots[i];
            grey[i] =
                    (byte)
                            ((77 * (rgb >> 16 & 0xFF) + 151 * (rgb >> 8 & 0xFF) + 28 * (rgb & 0xFF))
                                    >> 8);
        }
        return grey;
    }

    /** Draws within a time limit, and remembers whether something could not be drawn. */
    private static final class Renderer extends PDFRenderer {

        private final long deadline;
        private boolean flawed;

        Renderer(PDDocument document, long deadline) {
            super(document);
            this.deadline = deadline;
            setSubsamplingAllowed(true);
        }

        @Override
        protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
            return new Drawer(parameters);
        }

        private final class Drawer extends PageDrawer {

            private int operators;

            Drawer(PageDrawerParameters parameters) throws IOException {
                super(parameters);
            }

            @Override
            protected void processOperator(Operator operator, List<COSBase> operands)
                    throws IOException {
                if (++operators % OPERATORS_BETWEEN_CHECKS == 0
                        && System.nanoTime() - deadline > 0) {
                    throw new TooSlowException();
                }
                super.processOperator(operator, operands);
            }

            @Override
            protected void operatorException(
                    Operator operator, List<COSBase> operands, IOException exception)
                    throws IOException {
                flawed = true;
                if (exception instanceof TooSlowException || DiskFaults.behind(exception) != null) {
                    throw exception;
                }
                super.operatorException(operator, operands, exception);
            }
        }
    }

    private static final class TooSlowException extends IOException {

        private static final long serialVersionUID = 1L;

        TooSlowException() {
            super("drawing took longer than a page may take");
        }
    }
}
