package org.minutebook.ingest.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadContentTypeException;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.RequestContext;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.minutebook.ingest.Delivery;
import org.minutebook.ingest.IngestSettings;
import org.minutebook.ingest.manifest.Manifest;
import org.minutebook.ingest.web.Problems.BadRequestException;
import org.minutebook.ingest.web.Problems.NotAFormException;
import org.minutebook.manifest.EntryNames;
import org.minutebook.manifest.ManifestTable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Reads the form of an upload as it comes in: files go to a {@link Delivery} at once, so that none
 * is ever whole in memory or written down twice. Fields may stand before or after the files, or in
 * the address.
 */
@Component
class UploadForm {

    /** Name of the parts that are files. */
    static final String FILE = "file";

    /** Name of the part that is a table of what the files are. */
    static final String MANIFEST = "manifest";

    /** What can be said of all files of a form. */
    private static final List<String> FIELDS =
            List.of(
                    "council",
                    "committee",
                    "kind",
                    "meetingDate",
                    "title",
                    "sourceUrl",
                    "batch",
                    "replaces");

    private static final int LONGEST_FIELD = 10_000;
    private static final int LONGEST_PART_HEADER = 8 * 1024;
    private static final int MOST_PARTS = 20_000;

    private final IngestSettings settings;

    UploadForm(IngestSettings settings) {
        this.settings = settings;
    }

    /**
     * Reads a form to its end.
     *
     * @return what is said of the files
     * @throws UncheckedIOException if the sender breaks off, or is too slow
     */
    Delivery.Terms read(HttpServletRequest request, Delivery delivery) {
        Map<String, String> fields = new HashMap<>();
        Manifest manifest = Manifest.none();
        JakartaServletFileUpload<DiskFileItem, DiskFileItemFactory> form =
                new JakartaServletFileUpload<>();
        // Byte by byte, because senders do not say; see EntryNames.decoded.
        form.setHeaderCharset(StandardCharsets.ISO_8859_1);
        form.setMaxSize(settings.maxRequest().toBytes());
        form.setMaxPartHeaderSize(LONGEST_PART_HEADER);
        try {
            FileItemInputIterator parts = form.getItemIterator(new Body(request));
            for (int count = 0; parts.hasNext(); count++) {
                if (count >= MOST_PARTS) {
                    throw new BadRequestException(
                            "more than %d parts in one form".formatted(MOST_PARTS));
                }
                FileItemInput part = parts.next();
                String field = EntryNames.decoded(String.valueOf(part.getFieldName()));
                String name = nameOf(part);
                try (InputStream content = part.getInputStream()) {
                    if (field.equals(MANIFEST)) {
                        manifest = manifest(content);
                    } else if (field.equals(FILE)) {
                        // A browser sends a file field that was left empty as a file without name.
                        if (name != null || !part.isFormField() && !isEmpty(part, name)) {
                            delivery.file(name, content);
                        }
                    } else {
                        byte[] text = content.readNBytes(LONGEST_FIELD + 1);
                        if (text.length > LONGEST_FIELD) {
                            throw new BadRequestException(
                                    "field '%s' is longer than %d bytes"
                                            .formatted(field, LONGEST_FIELD));
                        }
                        requireKnown(field);
                        fields.put(field, new String(text, StandardCharsets.UTF_8));
                    }
                }
            }
        } catch (FileUploadContentTypeException e) {
            throw new NotAFormException();
        } catch (FileUploadException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Fields said = new Fields(name -> fields.getOrDefault(name, request.getParameter(name)));
        return new Delivery.Terms(said.metadata(), manifest, said.batch(), replaces(said));
    }

    /** A field that is misspelt would be lost without a word. */
    private static void requireKnown(String field) {
        if (!FIELDS.contains(field)) {
            throw new BadRequestException(
                    "field '%s', expected file, manifest, %s"
                            .formatted(field, String.join(", ", FIELDS)));
        }
    }

    private static boolean isEmpty(FileItemInput part, @Nullable String name) {
        return name == null && "application/octet-stream".equals(part.getContentType());
    }

    private static @Nullable String nameOf(FileItemInput part) {
        String name;
        try {
            name = part.getName();
        } catch (InvalidPathException e) {
            name = e.getInput(); // refused later, by its name
        }
        return name == null || name.isBlank() ? null : EntryNames.decoded(name);
    }

    private static Manifest manifest(InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(ManifestTable.MOST_BYTES + 1);
        if (bytes.length > ManifestTable.MOST_BYTES) {
            throw new BadRequestException(
                    "the manifest is larger than %d bytes".formatted(ManifestTable.MOST_BYTES));
        }
        return bytes.length == 0 ? Manifest.none() : Manifest.read(bytes);
    }

    private static @Nullable DocumentId replaces(Fields said) {
        String text = said.text("replaces");
        if (text != null && !DocumentId.isValid(text)) {
            throw new BadRequestException(
                    "replaces '%s', expected the id of a document".formatted(text));
        }
        return text == null ? null : new DocumentId(text);
    }

    private final class Body implements RequestContext {

        private final HttpServletRequest request;

        Body(HttpServletRequest request) {
            this.request = request;
        }

        @Override
        public @Nullable String getCharacterEncoding() {
            return request.getCharacterEncoding();
        }

        @Override
        public long getContentLength() {
            return request.getContentLengthLong();
        }

        @Override
        public @Nullable String getContentType() {
            return request.getHeader(HttpHeaders.CONTENT_TYPE);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new PacedInputStream(
                    request.getInputStream(), settings.slowestUpload().toBytes());
        }

        @Override
        public boolean isMultipartRelated() {
            return false;
        }
    }
}
