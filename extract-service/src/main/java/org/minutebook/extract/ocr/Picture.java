package org.minutebook.extract.ocr;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A page as a picture in grey.
 *
 * @param width in dots
 * @param height in dots
 * @param dpi dots an inch
 * @param grey one byte a dot, row by row from the top left; 0 is black
 * @param flawed whether something on the page could not be drawn
 */
@SuppressWarnings("ArrayRecordComponent") // tens of millions of dots; never compared
record Picture(int width, int height, double dpi, byte[] grey, boolean flawed) {

    /**
     * Writes it as a bitmap, which needs no packing. Tesseract takes a tenth of a second longer to
     * read a portable grey map of the same page.
     */
    void writeTo(Path file) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, width, height, grey);
        if (!ImageIO.write(image, "bmp", file.toFile())) {
            throw new IllegalStateException("Java writes no bitmaps");
        }
    }

    /**
     * The same turned clockwise.
     *
     * @param quarters quarter turns, 0 to 3
     */
    Picture turned(int quarters) {
        return switch (quarters) {
            case 0 -> this;
            case 1 -> turned(height, width, width * (height - 1), -width, 1);
            case 2 -> turned(width, height, grey.length - 1, -1, -width);
            case 3 -> turned(height, width, width - 1, width, -1);
            default -> throw new IllegalArgumentException("quarters " + quarters);
        };
    }

    /** A picture whose dots are read from {@code first} on in steps along and across its rows. */
    private Picture turned(int newWidth, int newHeight, int first, int along, int across) {
        byte[] turned = new byte[grey.length];
        int to = 0;
        for (int row = 0; row < newHeight; row++) {
            int from = first + row * across;
            for (int column = 0; column < newWidth; column++) {
                turned[to++] = grey[from];
                from += along;
            }
        }
        return new Picture(newWidth, newHeight, dpi, turned, flawed);
    }

    double points(double dots) {
        return dots * 72 / dpi;
    }
}
