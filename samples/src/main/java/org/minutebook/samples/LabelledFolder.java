package org.minutebook.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where documents and their labels are written.
 *
 * @param documents folder of the PDFs
 * @param labels folder of the labels, a JSON file with the name of each document
 */
record LabelledFolder(Path documents, Path labels) {

    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

    /** The same bytes on every system: line ends do not depend on it. */
    private static final ObjectWriter JSON =
            new JsonMapper()
                    .writer()
                    .with(
                            new DefaultPrettyPrinter()
                                    .withObjectIndenter(INDENT)
                                    .withArrayIndenter(INDENT));

    /** Writes a document and its labels, replacing what was there, and creating the folders. */
    void write(LabelledDocument document) {
        write(documents.resolve(document.name() + ".pdf"), document.pdf());
        write(labels.resolve(document.name() + ".json"), json(document.labels()));
    }

    /** Labels as they are written. */
    static byte[] json(GoldLabels labels) {
        return (JSON.writeValueAsString(labels) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
