package org.minutebook.extract.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.apache.tika.detect.DefaultDetector;
import org.apache.tika.detect.Detector;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.RefusalReason;

/**
 * Tells what a file is from its content. The name only breaks ties between kinds of text, and is
 * held against the content: a name that promises something else is refused, since whoever made the
 * mistake should know.
 */
final class FormatDetection {

    private static final MediaType PROTECTED_OFFICE =
            MediaType.application("x-tika-ooxml-protected");
    private static final MediaType OFFICE = MediaType.application("x-tika-ooxml");
    private static final MediaType OLD_WORD = MediaType.application("msword");
    private static final MediaType OLD_OFFICE = MediaType.application("x-tika-msoffice");

    /** What begins so is a PDF; to try all other kinds takes as long as to read a page or two. */
    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    private final Detector detector = new DefaultDetector();
    private final MediaTypeRegistry registry = MediaTypeRegistry.getDefaultRegistry();

    /** The format of a file that is not empty. */
    Format detect(Path file, String name) throws IOException, RefusedException {
        MediaType type = mediaType(file);
        Optional<Format> promised = Format.promisedBy(name);
        Format format = format(type, promised);
        if (format == null) {
            throw refusal(type, promised, name);
        }
        boolean texts = isText(format) && promised.map(FormatDetection::isText).orElse(true);
        if (promised.isPresent() && promised.get() != format && !texts) {
            throw new RefusedException(
                    RefusalReason.WRONG_TYPE,
                    "Its name ends as that of %s, but it is %s. Upload it again under its right name, or the document that was meant."
                            .formatted(promised.get().words(), format.words()));
        }
        return format;
    }

    private MediaType mediaType(Path file) throws IOException {
        if (beginsAsPdf(file)) {
            return Format.PDF.mediaType();
        }
        try (TikaInputStream in = TikaInputStream.get(file)) {
            return detector.detect(in, new Metadata());
        }
    }

    private static boolean beginsAsPdf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(PDF.length), PDF);
        }
    }

    private static boolean isText(Format format) {
        return format == Format.HTML || format == Format.TEXT || format == Format.RTF;
    }

    private @Nullable Format format(MediaType type, Optional<Format> promised) {
        Optional<Format> exact = Format.of(type);
        if (promised.filter(Format.HTML::equals).isPresent()
                && (exact.filter(Format.TEXT::equals).isPresent()
                        || registry.isInstanceOf(type, MediaType.APPLICATION_XML))) {
            // a part of a page, or one that opens with an XML declaration
            return Format.HTML;
        }
        if (exact.isPresent()) {
            return exact.get();
        }
        boolean text = registry.isInstanceOf(type, MediaType.TEXT_PLAIN);
        // "Date: … Subject: …" on top of plain minutes looks like the head of a mail.
        boolean mail = type.getBaseType().toString().equals("message/rfc822");
        if (text && !registry.isInstanceOf(type, MediaType.APPLICATION_XML)) {
            return Format.TEXT;
        }
        return mail && promised.filter(Format.TEXT::equals).isPresent() ? Format.TEXT : null;
    }

    private static RefusedException refusal(
            MediaType type, Optional<Format> promised, String name) {
        if (type.equals(PROTECTED_OFFICE)) {
            return new RefusedException(
                    RefusalReason.ENCRYPTED,
                    "The document is protected with a password. Save a copy without one and upload that.");
        }
        boolean zipped = type.equals(MediaType.APPLICATION_ZIP) || type.equals(OFFICE);
        if (zipped && promised.map(f -> f == Format.DOCX || f == Format.ODT).orElse(false)) {
            return new RefusedException(
                    RefusalReason.DAMAGED,
                    "It seems to be %s, but it is damaged or incomplete. Save it again and upload that."
                            .formatted(promised.get().words()));
        }
        if (type.equals(MediaType.OCTET_STREAM) && promised.isPresent()) {
            return new RefusedException(
                    RefusalReason.DAMAGED,
                    "Its name ends as that of %s, but its content does not begin as one. Upload it again from its source."
                            .formatted(promised.get().words()));
        }
        if (promised.isPresent()) {
            return new RefusedException(
                    RefusalReason.WRONG_TYPE,
                    "Its name ends as that of %s, but it is a file of type %s."
                            .formatted(promised.get().words(), type.getBaseType()));
        }
        if (type.equals(OLD_WORD) || (type.equals(OLD_OFFICE) && name.endsWith(".doc"))) {
            return new RefusedException(
                    RefusalReason.UNSUPPORTED_TYPE,
                    "It is in the old Word format (.doc), which is not read. Save it as DOCX or PDF and upload that.");
        }
        return new RefusedException(
                RefusalReason.UNSUPPORTED_TYPE,
                "It is a file of type %s. PDF, DOCX, ODT, RTF, HTML and plain text are read."
                        .formatted(type.getBaseType()));
    }
}
