package org.minutebook.manifest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * Names of files in archives and forms, whose encoding mostly nobody tells. Intake and the command
 * line read the same archive, so they must read the same names in it.
 */
public final class EntryNames {

    /** Code page of the first zip programs, and of those that say nothing else. */
    private static final Charset CP437 = Charset.forName("IBM437");

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private static final Set<String> LEFT_BY_SYSTEMS =
            Set.of(".DS_Store", "Thumbs.db", "desktop.ini");

    private EntryNames() {}

    /**
     * The name of an entry: as the archive says it is encoded, else as UTF-8 where it is that, else
     * by the code page that programs of its kind fall back to.
     *
     * @param entry of a zip; or of a tar that was opened as ISO 8859-1, so that no byte was lost
     */
    public static String of(ArchiveEntry entry) {
        if (!(entry instanceof ZipArchiveEntry zip)) {
            return decoded(entry.getName());
        }
        byte[] raw = zip.getRawName();
        boolean told =
                zip.getGeneralPurposeBit().usesUTF8ForNames()
                        || zip.getNameSource() == ZipArchiveEntry.NameSource.UNICODE_EXTRA_FIELD;
        return told || raw == null ? zip.getName() : decode(raw, CP437);
    }

    /**
     * Reads a name that was decoded byte by byte (ISO 8859-1), as headers of forms are: UTF-8 where
     * it is that, else the code page of Windows.
     */
    public static String decoded(String bytewise) {
        return StandardCharsets.ISO_8859_1.newEncoder().canEncode(bytewise)
                ? decode(bytewise.getBytes(StandardCharsets.ISO_8859_1), WINDOWS)
                : bytewise;
    }

    /** Whether an entry of this name was put beside people's files by their system. */
    public static boolean isLitter(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return name.startsWith("__MACOSX/")
                || name.contains("/__MACOSX/")
                || last.startsWith("._")
                || LEFT_BY_SYSTEMS.contains(last);
    }

    private static String decode(byte[] bytes, Charset otherwise) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, otherwise);
        }
    }
}
