package org.minutebook.extract.ocr;

import java.util.Arrays;

/**
 * Tells bold words by the thickness of their strokes. Tesseract does not say what is bold, and
 * headings often differ from text by nothing else.
 */
final class Strokes {

    /** Words below this height, in dots, have strokes of one or two dots: too few to compare. */
    private static final int LEAST_HEIGHT = 10;

    /** Longest stroke looked at, in dots: a rule is none. */
    private static final int LONGEST = 64;

    /** The shortest and the longest strokes of a word, in parts of all: specks and bars. */
    private static final double SHORTEST_PART = 0.2;

    private static final double LONGEST_PART = 0.3;

    /** Strokes this many times as thick as usual ones are bold: bold type has 1.3 to 2.0. */
    private static final double BOLD = 1.22;

    /** The same on a page whose plain strokes differ as much as those of a poor scan. */
    private static final double BOLD_IF_POOR = 1.38;

    /** How far above the usual bold begins, in parts of the spread of the middle half. */
    private static final double SPREADS = 3.2;

    /** Part of the thickness of bold that is enough beside a bold word. */
    static final double NEARLY = 0.92;

    private final Picture picture;
    private final int black;

    Strokes(Picture picture) {
        this.picture = picture;
        this.black = threshold(picture.grey());
    }

    /**
     * Thickness of a word's upright strokes, in parts of the size of its letters; 0 where it cannot
     * be told.
     */
    double thickness(Hocr.Rectangle box, double size) {
        int left = Math.max(0, box.left());
        int right = Math.min(picture.width(), box.right());
        int top = Math.max(0, box.top());
        int bottom = Math.min(picture.height(), box.bottom());
        if (bottom - top < LEAST_HEIGHT || right - left < LEAST_HEIGHT || size <= 0) {
            return 0;
        }
        int[] runs = new int[LONGEST];
        int count = 0;
        for (int y = top; y < bottom; y++) {
            int run = 0;
            for (int x = left; x <= right; x++) {
                if (x < right && isInk(picture.grey()[y * picture.width() + x])) {
                    run++;
                } else if (run > 0) {
                    runs[Math.min(run, LONGEST - 1)]++;
                    count++;
                    run = 0;
                }
            }
        }
        return mean(runs, (int) (SHORTEST_PART * count), (int) ((1 - LONGEST_PART) * count)) / size;
    }

    /** Mean length of those between two places in the order of their lengths. */
    private static double mean(int[] runs, int from, int to) {
        long sum = 0;
        int at = 0;
        for (int length = 0; length < runs.length; length++) {
            int taken = Math.min(to, at + runs[length]) - Math.max(from, at);
            sum += (long) length * Math.max(0, taken);
            at += runs[length];
        }
        return to <= from ? 0 : (double) sum / (to - from);
    }

    /**
     * From which thickness on strokes are bold, on a page with words of these.
     *
     * @param thicknesses of its words, 0 where it could not be told
     */
    static double bold(double[] thicknesses) {
        double[] sorted =
                Arrays.stream(thicknesses).filter(thickness -> thickness > 0).sorted().toArray();
        if (sorted.length == 0) {
            return Double.MAX_VALUE;
        }
        double usual = sorted[sorted.length / 2];
        // The lower half is plain, whatever the share of bold.
        double spread = 2 * (usual - sorted[sorted.length / 4]) / usual;
        return usual * Math.clamp(1 + SPREADS * spread, BOLD, BOLD_IF_POOR);
    }

    private boolean isInk(byte dot) {
        return (dot & 0xFF) < black;
    }

    /** The grey that parts ink from paper best (Otsu's method). */
    private static int threshold(byte[] grey) {
        long[] counts = new long[256];
        for (byte dot : grey) {
            counts[dot & 0xFF]++;
        }
        double sum = 0;
        for (int i = 0; i < 256; i++) {
            sum += (double) i * counts[i];
        }
        double sumBelow = 0;
        long below = 0;
        double best = -1;
        int threshold = 128;
        for (int i = 0; i < 256; i++) {
            below += counts[i];
            sumBelow += (double) i * counts[i];
            long above = grey.length - below;
            if (below == 0 || above == 0) {
                continue;
            }
            double apart = sumBelow / below - (sum - sumBelow) / above;
            double between = (double) below * above * apart * apart;
            if (between > best) {
                best = between;
                threshold = i + 1;
            }
        }
        return threshold;
    }
}
