package org.minutebook.samples;

import java.nio.file.Path;
import java.time.LocalDate;

/**
 * Writes sample documents with their labels.
 *
 * <pre>
 * bundled PDFS LABELS [DATE]   the bundled set into two folders, as of a day
 * corpus FOLDER COUNT [SEED]   that many varied documents, labels in FOLDER/gold
 * </pre>
 */
public final class Samples {

    private Samples() {}

    /** The command; see the description of this class. */
    public static void main(String[] args) {
        if (args.length >= 3 && args[0].equals("bundled")) {
            LocalDate reference =
                    args.length > 3 ? LocalDate.parse(args[3]) : BundledSamples.REFERENCE;
            LabelledFolder folder = new LabelledFolder(Path.of(args[1]), Path.of(args[2]));
            BundledSamples.asOf(reference).forEach(folder::write);
        } else if (args.length >= 3 && args[0].equals("corpus")) {
            long seed = args.length > 3 ? Long.parseLong(args[3]) : 1;
            Corpus.of(seed).write(Integer.parseInt(args[2]), Path.of(args[1]));
        } else {
            System.err.println("bundled PDFS LABELS [DATE] | corpus FOLDER COUNT [SEED]");
            System.exit(2);
        }
    }
}
