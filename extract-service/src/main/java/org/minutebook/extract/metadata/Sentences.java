package org.minutebook.extract.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minutebook.extract.text.Paragraphs;
import org.minutebook.extract.text.Paragraphs.Paragraph;

/** Cuts paragraphs into sentences and into the limbs of a resolution. */
final class Sentences {

    /**
     * @param text as printed
     * @param paragraph index of the paragraph that it is part of
     * @param listed whether it opens with the mark of a list
     */
    record Sentence(String text, int paragraph, boolean listed) {

        /** The text without the mark of the list. */
        String unmarked() {
            return listed ? MARK.matcher(text).replaceFirst("") : text;
        }
    }

    private static final Pattern MARK =
            Pattern.compile(
                    "^(?:\\(?(?:[a-zA-Z]|[ivxIVX]{1,5}|\\d{1,2})[.)]|[•·▪●◦○\\uF0B7–—-])\\s+");

    /** Where a sentence or a limb may end: after its full stop, or before "(2)". */
    private static final Pattern BOUNDARY =
            Pattern.compile(
                    "(?<=[.!?][”\"’)]?)\\s+(?=[\\p{Lu}\\d“\"‘(£$€])|(?<=[;:,.]|\\b(?:and|that|to))\\s+(?=\\((?:\\d{1,2}|[a-z]|[ivx]{1,4})\\)\\s)");

    /** A full stop that is part of a word: a title, an initial, a short form. */
    private static final Pattern NO_END =
            Pattern.compile(
                    "(?i:.*\\b(?:cllrs?|crs?|cr|mr|mrs|ms|dr|rev|hon|st|nos?|sr|jr|vs|etc|para|paras|ref|ltd|co|ave|rd|mt|ft|sgt|supt|capt|ald|e\\.g|i\\.e|approx|inc|dept|govt|tel|ext|art|sec|res|ord|min|vol|jan|feb|mar|apr|aug|sept?|oct|nov|dec))\\.|.*(?<![\\p{L}\\d])\\p{Lu}\\.|^\\W*(?:\\d{1,2}|[a-z])\\.");

    /** "Approved. (5-0.)": the votes belong to what they were cast for. */
    private static final Pattern VOTES =
            Pattern.compile("\\(\\d{1,2}\\s?[-–]\\s?\\d{1,2}\\b.{0,20}?\\)");

    private Sentences() {}

    static List<Sentence> of(List<Paragraph> paragraphs) {
        List<Sentence> sentences = new ArrayList<>();
        for (int i = 0; i < paragraphs.size(); i++) {
            String text = paragraphs.get(i).text();
            int from = 0;
            Matcher matcher = BOUNDARY.matcher(text).useTransparentBounds(true);
            for (int at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) {
                if (mayEnd(text, at) && matcher.region(at, text.length()).lookingAt()) {
                    String sentence = text.substring(from, at);
                    if (endsHere(sentence, text, matcher.end())) {
                        add(sentences, sentence, i);
                        from = matcher.end();
                    }
                }
            }
            add(sentences, text.substring(from), i);
        }
        return sentences;
    }

    /** Whether a sentence or a limb may end at a blank, by what stands around it. */
    private static boolean mayEnd(String text, int blank) {
        return blank > 0
                && (".!?”\"’)".indexOf(text.charAt(blank - 1)) >= 0
                        || blank + 1 < text.length()
                                && (text.charAt(blank + 1) == '('
                                        || text.charAt(blank + 1) == ' '));
    }

    private static boolean endsHere(String sentence, String text, int next) {
        if (VOTES.matcher(text).region(next, text.length()).lookingAt()) {
            return false;
        }
        if (text.charAt(next) == '(' && !sentence.endsWith(".")) {
            return true;
        }
        if (!sentence.endsWith(".")) {
            return true;
        }
        // Only the end of a long sentence is looked at.
        String tail = sentence.substring(Math.max(0, sentence.length() - 12));
        return !NO_END.matcher(tail).matches();
    }

    private static void add(List<Sentence> sentences, String text, int paragraph) {
        String bare = text.strip();
        if (!bare.isEmpty()) {
            sentences.add(new Sentence(bare, paragraph, Paragraphs.isListed(bare)));
        }
    }
}
