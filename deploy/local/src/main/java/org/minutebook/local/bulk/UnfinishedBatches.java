package org.minutebook.local.bulk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Which batch an import began, until it is done: so that one that broke off goes on in the same
 * batch when it is repeated. An import is known by the contents of its files.
 */
public final class UnfinishedBatches {

    private final Path folder;

    /**
     * Those of a folder.
     *
     * @param folder made when it is needed
     */
    public UnfinishedBatches(Path folder) {
        this.folder = folder;
    }

    /** The batch of an import of just these files that broke off. */
    Optional<String> find(Collection<String> hashes) {
        Path file = file(hashes);
        try {
            return Files.exists(file)
                    ? Optional.of(Files.readString(file).strip())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void begun(Collection<String> hashes, String batch) {
        try {
            Files.createDirectories(folder);
            Files.writeString(file(hashes), batch + System.lineSeparator());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void done(Collection<String> hashes) {
        try {
            Files.deleteIfExists(file(hashes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(Collection<String> hashes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            hashes.stream()
                    .sorted()
                    .forEach(hash -> digest.update(hash.getBytes(StandardCharsets.US_ASCII)));
            return folder.resolve(HexFormat.of().formatHex(digest.digest()).substring(0, 32));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
