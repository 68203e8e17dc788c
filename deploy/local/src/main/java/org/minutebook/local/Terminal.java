package org.minutebook.local;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.minutebook.local.stack.StackException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command writes: results to standard output, everything else to standard error. The script
 * says which of the three streams are a terminal, because Java cannot tell them apart.
 */
final class Terminal {

    private static final String TERMINALS = System.getProperty("minutebook.terminals", "");

    private static final String ESCAPE = "\u001b[";

    private final JsonMapper json = JsonMapper.builder().build();
    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    /** Whether somebody sits there who can press Ctrl-C. */
    static boolean hasInput() {
        return TERMINALS.contains("0");
    }

    /** Whether results are read by a person. */
    static boolean hasOutput() {
        return TERMINALS.contains("1");
    }

    /** Whether progress is read by a person. */
    static boolean hasErrors() {
        return TERMINALS.contains("2");
    }

    /** A line of a result. */
    void print(String line) {
        out.println(line);
    }

    /** A line of a result for a program. */
    void json(Object value) {
        out.println(json.writeValueAsString(value));
    }

    /** A line about what is going on. */
    void note(String line) {
        System.err.println(line);
    }

    /** The text in bold where a terminal shows it. */
    static String bold(String text) {
        return styled("1", text);
    }

    /** The text less prominent where a terminal shows it. */
    static String faint(String text) {
        return styled("2", text);
    }

    static String styled(String style, String text) {
        return hasOutput() && System.getenv("NO_COLOR") == null
                ? ESCAPE + style + "m" + text + ESCAPE + "0m"
                : text;
    }

    /** Documents hold whatever their makers put in; a terminal must not obey it. */
    static String harmless(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** A number of things: "1 document", "2 documents". */
    static String count(long number, String thing) {
        return number == 1 ? "1 " + thing : number + " " + thing + "s";
    }

    /** For a command that talks to a stack that was never started. */
    static StackException notRunning() {
        return new StackException("The stack is not running. Start it: ./minutebook up");
    }
}
