package org.minutebook.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import tools.jackson.databind.json.JsonMapper;

/** From the upload of one document to its item found, while nothing else is going on. */
final class IdleLatency {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final OwnStack stack;
    private final String key;

    IdleLatency(OwnStack stack) throws IOException {
        this.stack = stack;
        this.key = Files.readString(stack.data().resolve("upload.key")).strip();
    }

    /** Milliseconds of each of so many uploads, ascending; a few before them are not counted. */
    List<Double> measure(int uploads, int warmUp) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < warmUp + uploads; i++) {
            double took = once();
            if (i >= warmUp) {
                millis.add(took);
            }
        }
        millis.sort(null);
        return millis;
    }

    private double once() throws IOException, InterruptedException {
        String reference = "LAT-" + UUID.randomUUID().toString().substring(0, 13);
        byte[] pdf = agenda(reference);
        long start = System.nanoTime();
        upload(pdf);
        while (found(reference) == 0) {
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                throw new IOException("a document was not searchable within " + LONGEST);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private void upload(byte[] pdf) throws IOException, InterruptedException {
        String boundary = "minutebook" + UUID.randomUUID();
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(
                """
                --%s\r
                Content-Disposition: form-data; name="file"; filename="agenda.pdf"\r
                Content-Type: application/pdf\r
                \r
                """
                        .formatted(boundary)
                        .getBytes(StandardCharsets.UTF_8));
        form.writeBytes(pdf);
        form.writeBytes("\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(at(1, "/api/v1/documents"))
                                .header("Authorization", "Bearer " + key)
                                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(form.toByteArray()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.body());
        }
    }

    private int found(String reference) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(at(0, "/api/v1/items?size=1&q=" + reference))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200
                        && !JSON.readTree(answer.body()).path("relaxed").asBoolean()
                ? JSON.readTree(answer.body()).path("total").asInt()
                : 0;
    }

    private URI at(int offset, String path) {
        return URI.create("http://127.0.0.1:" + (stack.port() + offset) + path);
    }

    private static byte[] agenda(String reference) throws IOException {
        List<String> lines =
                List.of(
                        "Saltby Town Council",
                        "AGENDA of the meeting to be held on Monday 6 July 2026 at 7.00 pm",
                        "1. Apologies for absence",
                        "2. Minutes of the last meeting",
                        "3. Planning application " + reference,
                        "4. Date of the next meeting");
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 11);
                content.newLineAtOffset(60, 740);
                for (String line : lines) {
                    content.showText(line);
                    content.newLineAtOffset(0, -22);
                }
                content.endText();
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }
}
