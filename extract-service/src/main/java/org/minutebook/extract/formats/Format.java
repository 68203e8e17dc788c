package org.minutebook.extract.formats;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.mime.MediaType;

/** Formats that are read. */
enum Format {
    PDF("a PDF", "application/pdf", "pdf"),
    DOCX(
            "a Word document (DOCX)",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "docx",
            "docm",
            "dotx"),
    ODT("an OpenDocument text (ODT)", "application/vnd.oasis.opendocument.text", "odt", "ott"),
    RTF("a rich text file (RTF)", "application/rtf", "rtf"),
    HTML("a web page", "text/html", "html", "htm", "xhtml", "aspx"),
    TEXT("plain text", "text/plain", "txt", "text", "md");

    private final String words;
    private final MediaType mediaType;
    private final Set<String> endings;

    Format(String words, String mediaType, String... endings) {
        this.words = words;
        this.mediaType = MediaType.parse(mediaType);
        this.endings = Set.of(endings);
    }

    /** What it is called to a person, with its article. */
    String words() {
        return words;
    }

    MediaType mediaType() {
        return mediaType;
    }

    /** The format that a file's name promises. */
    static Optional<Format> promisedBy(String name) {
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(format -> format.endings.contains(ending)).findAny();
    }

    /** The format of a media type that was told from a file's content. */
    static Optional<Format> of(MediaType type) {
        return switch (type.getBaseType().toString()) {
            case "application/pdf" -> Optional.of(PDF);
            case "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
                    "application/vnd.ms-word.document.macroenabled.12",
                    "application/vnd.ms-word.template.macroenabled.12" ->
                    Optional.of(DOCX);
            case "application/vnd.oasis.opendocument.text",
                    "application/vnd.oasis.opendocument.text-template" ->
                    Optional.of(ODT);
            case "application/rtf", "text/rtf" -> Optional.of(RTF);
            case "text/html", "application/xhtml+xml" -> Optional.of(HTML);
            case "text/plain", "text/x-web-markdown", "text/markdown" -> Optional.of(TEXT);
            default -> Optional.empty();
        };
    }
}
