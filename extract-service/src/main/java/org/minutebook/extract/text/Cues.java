package org.minutebook.extract.text;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;

/**
 * Words without one of which a pattern cannot match. Looking for them first costs a hundredth of
 * trying the pattern, and most lines of a document have none. All are looked for at once, in one
 * pass over the text (Aho and Corasick's automaton).
 */
public final class Cues {

    /** Words are of ASCII letters, the others of a text are passed over. */
    private static final int LETTERS = 128;

    /** The state in which nothing of a word has been seen. */
    private static final int START = 0;

    /** The state in which a word has been seen. */
    private static final short FOUND = -1;

    /** The state after each letter in each state. */
    private final short[] next;

    /**
     * @param words in lower case
     */
    public Cues(String... words) {
        int most = 1 + Arrays.stream(words).mapToInt(String::length).sum();
        next = new short[most * LETTERS];
        int states = 1;
        for (String word : words) {
            states = enter(word, states);
        }
        link();
        for (int upper = 'A'; upper <= 'Z'; upper++) {
            for (int state = 0; state < states; state++) {
                next[state * LETTERS + upper] = next[state * LETTERS + upper + 'a' - 'A'];
            }
        }
    }

    /** Enters a word into the tree of words and returns the number of states then. */
    private int enter(String word, int known) {
        if (word.isEmpty()
                || !word.equals(word.toLowerCase(Locale.ROOT))
                || word.chars().anyMatch(letter -> letter >= LETTERS)) {
            throw new IllegalArgumentException("no cue of ASCII letters in lower case: " + word);
        }
        int states = known;
        int state = START;
        for (int i = 0; i < word.length() - 1; i++) {
            int place = state * LETTERS + word.charAt(i);
            if (next[place] == FOUND) {
                return states;
            }
            if (next[place] == START) {
                next[place] = (short) states++;
            }
            state = next[place];
        }
        next[state * LETTERS + word.charAt(word.length() - 1)] = FOUND;
        return states;
    }

    /** Leads on where no word goes on, to the longest ending that another word begins with. */
    private void link() {
        int[] ending = new int[next.length / LETTERS];
        Deque<Integer> reached = new ArrayDeque<>();
        reached.add(START);
        while (!reached.isEmpty()) {
            int state = reached.remove();
            for (int letter = 0; letter < LETTERS; letter++) {
                int place = state * LETTERS + letter;
                short otherwise = state == START ? START : next[ending[state] * LETTERS + letter];
                if (next[place] > START) {
                    ending[next[place]] = Math.max(START, otherwise);
                    reached.add((int) next[place]);
                }
                if (next[place] == START || otherwise == FOUND) {
                    next[place] = otherwise;
                }
            }
        }
    }

    /** Whether a text has one of the words, in any case. */
    public boolean in(CharSequence text) {
        int state = START;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            state = letter < LETTERS ? next[state * LETTERS + letter] : START;
            if (state == FOUND) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is one of the letters that words are of, in any case. */
    public static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** Whether a text has a figure. */
    public static boolean hasDigit(CharSequence text) {
        return digits(text) > 0;
    }

    /** How many figures a text has. */
    public static int digits(CharSequence text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            digits += c >= '0' && c <= '9' ? 1 : 0;
        }
        return digits;
    }
}
