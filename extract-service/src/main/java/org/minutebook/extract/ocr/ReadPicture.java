package org.minutebook.extract.ocr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.minutebook.extract.pages.Page;
import org.minutebook.extract.pages.Word;
import org.minutebook.extract.pages.WordPages;

/**
 * A picture of a page with the lines of words that Tesseract found on it.
 *
 * @param picture as it was read
 * @param lines in Tesseract's order
 */
record ReadPicture(Picture picture, List<Hocr.TextLine> lines) {

    /** Words surer than this that have letters count as read; specks seldom come near. */
    private static final double SURE = 0.6;

    /** What is no word, as a speck or a rule taken for a dash, must be as sure as this to stay. */
    private static final double SURE_SIGN = 0.7;

    /** A line as sure as this is text, so all its words are, however poorly they were read. */
    private static final double SURE_LINE = 0.5;

    /** Words as sure as this are kept of a line that may be a picture. */
    private static final double SURE_BY_ITSELF = 0.4;

    /** A line this long, in parts of the page's width, shows how far the page is askew. */
    private static final double LONG_LINE = 0.25;

    /** Least slope that is put right: 1 point across the page. */
    private static final double LEAST_SLOPE = 0.0015;

    /** Sizes of letters that differ by less than this part are the same: sizes are measured. */
    private static final double SAME_SIZE = 0.18;

    /**
     * How many letters were read surely, and upright: tells an upright page from one that is not.
     */
    int sureLetters() {
        int letters = 0;
        for (Hocr.TextLine line : lines) {
            for (Hocr.TextWord word : line.words()) {
                if (line.upright()
                        && word.confidence() > SURE
                        && word.text().length() > 1
                        && hasLetters(word)) {
                    letters += word.text().length();
                }
            }
        }
        return letters;
    }

    /** All letters, sure or not. */
    int letters() {
        return lines.stream().mapToInt(ReadPicture::letters).sum();
    }

    /** Whether most of the text runs up or down the page, which Tesseract reads all the same. */
    boolean runsUpOrDown() {
        int steep =
                lines.stream().filter(line -> !line.upright()).mapToInt(ReadPicture::letters).sum();
        return 2 * steep > letters();
    }

    private static int letters(Hocr.TextLine line) {
        return line.words().stream().mapToInt(word -> word.text().length()).sum();
    }

    /** The page with these words put straight. */
    Page page(int number) {
        double usualSize = usualSize();
        double slope = slope();
        double middle = picture.width() / 2.0;
        double centre = picture.height() / 2.0;
        List<Found> found = found(usualSize);
        boolean[] bold = bold(found);
        List<Word> words = new ArrayList<>();
        for (int i = 0; i < bold.length; i++) {
            Hocr.Rectangle box = found.get(i).word().box();
            double baseline = found.get(i).line().baselineAt((box.left() + box.right()) / 2.0);
            words.add(
                    new Word(
                            mended(found.get(i).word().text()),
                            picture.points(box.left() + slope * (baseline - centre)),
                            picture.points(baseline - slope * (box.left() - middle)),
                            picture.points(box.width()),
                            Math.round(2 * picture.points(found.get(i).size())) / 2.0,
                            bold[i],
                            found.get(i).word().confidence()));
        }
        return WordPages.page(
                number, picture.points(picture.width()), picture.points(picture.height()), words);
    }

    /** A word with its line, and the size of that line's letters in dots. */
    private record Found(Hocr.TextLine line, Hocr.TextWord word, double size) {}

    private List<Found> found(double usualSize) {
        List<Found> found = new ArrayList<>();
        for (Hocr.TextLine line : lines) {
            boolean usual = Math.abs(line.size() - usualSize) < SAME_SIZE * usualSize;
            boolean sure = sureness(line) >= SURE_LINE;
            List<Hocr.TextWord> words = line.words();
            for (int i = 0; i < words.size(); i++) {
                Hocr.TextWord word = words.get(i);
                boolean within =
                        i > 0
                                && i + 1 < words.size()
                                && hasLetters(words.get(i - 1))
                                && hasLetters(words.get(i + 1));
                if (isText(word, within, sure)) {
                    found.add(new Found(line, word, usual ? usualSize : line.size()));
                }
            }
        }
        return found;
    }

    /** Which words are bold; one by itself is not, but for the first of a line. */
    private boolean[] bold(List<Found> found) {
        Strokes strokes = new Strokes(picture);
        double[] thickness = new double[found.size()];
        for (int i = 0; i < thickness.length; i++) {
            thickness[i] = strokes.thickness(found.get(i).word().box(), found.get(i).size());
        }
        double least = Strokes.bold(thickness);
        boolean[] bold = new boolean[thickness.length];
        for (int i = 0; i < bold.length; i++) {
            boolean first = isFirst(found, i);
            boolean last = isLast(found, i);
            boolean inCompany =
                    (!first && thickness[i - 1] >= least) || (!last && thickness[i + 1] >= least);
            boolean leads = first && found.get(i).word().text().length() > 1;
            bold[i] = thickness[i] >= least && (inCompany || leads);
        }
        // Beside a bold word a little less is enough, and a sign or a short word needs nothing.
        double nearly = Strokes.NEARLY * least;
        for (int i = 0; i < bold.length; i++) {
            boolean beside = !isFirst(found, i) && bold[i - 1];
            boolean between = beside && !isLast(found, i) && bold[i + 1];
            bold[i] |= between || (beside && thickness[i] >= nearly);
        }
        for (int i = bold.length - 1; i >= 0; i--) {
            bold[i] |= !isLast(found, i) && bold[i + 1] && thickness[i] >= nearly;
        }
        return bold;
    }

    private static boolean isFirst(List<Found> found, int i) {
        return i == 0 || found.get(i).line() != found.get(i - 1).line();
    }

    private static boolean isLast(List<Found> found, int i) {
        return i + 1 == found.size() || found.get(i).line() != found.get(i + 1).line();
    }

    /** A dash between two words is hardly ever a speck; one by itself is. */
    private static boolean isText(Hocr.TextWord word, boolean within, boolean sureLine) {
        return hasLetters(word)
                ? sureLine || word.confidence() >= SURE_BY_ITSELF
                : (sureLine && within) || word.confidence() >= SURE_SIGN;
    }

    /** Mean confidence of a line's letters. */
    private static double sureness(Hocr.TextLine line) {
        double sum = 0;
        for (Hocr.TextWord word : line.words()) {
            sum += word.confidence() * word.text().length();
        }
        return sum / letters(line);
    }

    /** A dash by itself comes out as any of these. */
    private static String mended(String text) {
        return text.equals("=") || text.equals("~") ? "—" : text;
    }

    private static boolean hasLetters(Hocr.TextWord word) {
        return word.text().chars().anyMatch(Character::isLetterOrDigit);
    }

    /** The slope of the page: that of its long lines, the middle one by length. */
    private double slope() {
        List<Hocr.TextLine> longLines =
                lines.stream()
                        .filter(line -> line.box().width() > LONG_LINE * picture.width())
                        .sorted(Comparator.comparingDouble(Hocr.TextLine::slope))
                        .toList();
        double half = longLines.stream().mapToDouble(line -> line.box().width()).sum() / 2;
        for (Hocr.TextLine line : longLines) {
            half -= line.box().width();
            if (half <= 0) {
                return Math.abs(line.slope()) < LEAST_SLOPE ? 0 : line.slope();
            }
        }
        return 0;
    }

    /** Size of most letters, in dots. */
    private double usualSize() {
        double[] sizes =
                lines.stream()
                        .flatMap(line -> line.words().stream().map(word -> line.size()))
                        .mapToDouble(Double::doubleValue)
                        .sorted()
                        .toArray();
        return sizes.length == 0 ? 0 : sizes[sizes.length / 2];
    }
}
