package org.minutebook.search.pictures.drawing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.PDFRenderer;

/**
 * Draws a part of a page of a PDF, over its whole width, with boxes marked on it.
 *
 * <p>Arguments: the file; the page, from 1; the boxes as {@code left,top,width,height} in points
 * from the top left corner, separated by semicolons; width and height of the picture in dots, as
 * {@code 800x560}; the file to write. Ends with {@value #CANNOT} where the page cannot be drawn.
 * Only the dots of the picture are ever held, however large the page is.
 */
public final class PageDrawing {

    private static final int CANNOT = 3;

    /** Smallest and largest side of a page. Source: PDF 1.7, Annex C.2. */
    private static final float SMALLEST_PAGE = 3;

    private static final float LARGEST_PAGE = 14_400;

    /** Space that is left above what is marked, in points. */
    private static final double MARGIN = 24;

    /** A drawing with a larger PNG is mostly photographs, and smaller as a JPEG. */
    private static final int LARGE_PNG = 90_000;

    private static final float JPEG_QUALITY = 0.75f;

    private static final Color DESK = new Color(0xF3F2F1);
    private static final Color INK = new Color(0x1D70B8);
    private static final Color MARKER = new Color(255, 221, 0, 48);

    private PageDrawing() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 5) {
            System.exit(2);
        }
        String[] size = arguments[3].split("x", -1);
        byte[] picture;
        try {
            picture =
                    draw(
                            Path.of(arguments[0]),
                            Integer.parseInt(arguments[1]),
                            boxes(arguments[2]),
                            Integer.parseInt(size[0]),
                            Integer.parseInt(size[1]));
        } catch (IOException | RuntimeException e) {
            System.exit(CANNOT);
            return;
        }
        Files.write(Path.of(arguments[4]), picture);
        // Threads that the drawing of pictures may have left do not hold us up.
        System.exit(0);
    }

    private static List<Rectangle2D> boxes(String text) {
        List<Rectangle2D> boxes = new ArrayList<>();
        for (String box : text.split(";", -1)) {
            double[] numbers =
                    Arrays.stream(box.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
            boxes.add(new Rectangle2D.Double(numbers[0], numbers[1], numbers[2], numbers[3]));
        }
        return boxes;
    }

    static byte[] draw(Path file, int number, List<Rectangle2D> boxes, int width, int height)
            throws IOException {
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            if (number < 1 || number > document.getNumberOfPages()) {
                throw new IOException("no page " + number);
            }
            PDPage page = document.getPage(number - 1);
            PDRectangle crop = page.getCropBox();
            boolean turned = page.getRotation() % 180 != 0;
            float pageWidth = turned ? crop.getHeight() : crop.getWidth();
            float pageHeight = turned ? crop.getWidth() : crop.getHeight();
            if (Math.min(pageWidth, pageHeight) < SMALLEST_PAGE
                    || Math.max(pageWidth, pageHeight) > LARGEST_PAGE) {
                throw new IOException("a page of %s by %s".formatted(pageWidth, pageHeight));
            }
            double scale = width / pageWidth;
            double top = top(boxes, height / scale, pageHeight);
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            try {
                graphics.setColor(DESK);
                graphics.fillRect(0, 0, width, height);
                graphics.setBackground(Color.WHITE);
                graphics.setRenderingHint(
                        RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
                graphics.setRenderingHint(
                        RenderingHints.KEY_INTERPOLATION,
                        RenderingHints.VALUE_INTERPOLATION_BILINEAR);
                graphics.setRenderingHint(
                        RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
                Graphics2D onPage = (Graphics2D) graphics.create();
                onPage.translate(0, -top * scale);
                PDFRenderer renderer = new PDFRenderer(document);
                renderer.setSubsamplingAllowed(true);
                renderer.renderPageToGraphics(number - 1, onPage, (float) scale, (float) scale);
                onPage.dispose();
                mark(graphics, boxes, scale, top);
            } finally {
                graphics.dispose();
            }
            return encoded(image);
        }
    }

    /** Where the part begins: what is marked in the middle where it fits, else its beginning. */
    private static double top(List<Rectangle2D> boxes, double partHeight, double pageHeight) {
        double first = boxes.stream().mapToDouble(Rectangle2D::getMinY).min().orElse(0);
        double last = boxes.stream().mapToDouble(Rectangle2D::getMaxY).max().orElse(0);
        double rest = partHeight - (last - first);
        double above = rest >= 2 * MARGIN ? rest / 2 : MARGIN;
        return Math.max(0, Math.min(first - above, pageHeight - partHeight));
    }

    /** A wash over each box, and a line around all of them: not by colour alone. */
    private static void mark(
            Graphics2D graphics, List<Rectangle2D> boxes, double scale, double top) {
        Rectangle2D all = null;
        for (Rectangle2D box : boxes) {
            Rectangle2D dots =
                    new Rectangle2D.Double(
                            box.getX() * scale - 4,
                            (box.getY() - top) * scale - 4,
                            box.getWidth() * scale + 8,
                            box.getHeight() * scale + 8);
            graphics.setColor(MARKER);
            graphics.fill(dots);
            all = all == null ? dots : all.createUnion(dots);
        }
        if (all != null) {
            graphics.setColor(INK);
            graphics.setStroke(new BasicStroke(2.5f));
            graphics.draw(all);
        }
    }

    private static byte[] encoded(BufferedImage image) throws IOException {
        ImageIO.setUseCache(false);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        if (png.size() <= LARGE_PNG) {
            return png.toByteArray();
        }
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(jpeg)) {
            writer.setOutput(out);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(JPEG_QUALITY);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            writer.dispose();
        }
        return jpeg.size() < png.size() ? jpeg.toByteArray() : png.toByteArray();
    }
}
