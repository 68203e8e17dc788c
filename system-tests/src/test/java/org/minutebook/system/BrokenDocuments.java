package org.minutebook.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;

/** Files that nobody can read, each for another reason. */
final class BrokenDocuments {

    private BrokenDocuments() {}

    /**
     * Writes {@code text.pdf}, {@code encrypted.pdf}, {@code empty.pdf}, {@code truncated.pdf},
     * {@code no-pages.pdf}.
     */
    static void write(Path folder, Path sound) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("text.pdf"), "1. Apologies\n2. Minutes\n");
        Files.write(folder.resolve("empty.pdf"), new byte[0]);
        byte[] bytes = Files.readAllBytes(sound);
        Files.write(folder.resolve("truncated.pdf"), Arrays.copyOf(bytes, bytes.length / 3));
        try (PDDocument document = Loader.loadPDF(bytes)) {
            StandardProtectionPolicy policy =
                    new StandardProtectionPolicy("owner", "reader", new AccessPermission());
            policy.setEncryptionKeyLength(128);
            document.protect(policy);
            document.save(folder.resolve("encrypted.pdf").toFile());
        }
        Files.writeString(
                folder.resolve("no-pages.pdf"),
                """
                %PDF-1.4
                1 0 obj
                << /Type /Catalog /Pages 2 0 R >>
                endobj
                2 0 obj
                << /Type /Pages /Kids [] /Count 0 >>
                endobj
                trailer
                << /Root 1 0 R /Size 3 >>
                %%EOF
                """,
                StandardCharsets.US_ASCII);
    }
}
