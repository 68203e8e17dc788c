package org.minutebook.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.store.FileSystemDocumentStore;
import org.minutebook.testservers.TestServers;

/** Pictures of where items stand, drawn by a real process from real PDF. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PicturesIT {

    @TempDir private static Path directory;
    private static Stack stack;
    private static FileSystemDocumentStore store;
    private static Written printed;
    private static Written broken;
    private static Written slow;

    @BeforeAll
    static void start() throws IOException {
        store = new FileSystemDocumentStore(directory);
        printed = Written.stored(store, printedPdf()).item("1", "Bridge repairs", "The bridge.");
        broken =
                Written.stored(store, "%PDF-1.7 broken".getBytes(StandardCharsets.US_ASCII))
                        .item("1", "Broken", "Text.");
        slow = Written.stored(store, slowPdf()).item("1", "Slow", "Text.");
        stack =
                Stack.start(
                        directory,
                        TestServers.elasticsearch(),
                        "--minutebook.pictures.patience=0s",
                        "--minutebook.pictures.time-limit=10s");
        stack.write(printed, broken, slow);
    }

    @AfterAll
    static void stop() {
        stack.close();
        store.close();
    }

    private static byte[] printedPdf() throws IOException {
        return pdf(content -> {
            content.beginText();
            content.setFont(new PDType1Font(FontName.HELVETICA), 14);
            content.newLineAtOffset(80, 700);
            content.showText("1. Bridge repairs");
            content.endText();
        });
    }

    /** A small file that keeps whoever draws it busy for minutes: a pattern of a million lines. */
    private static byte[] slowPdf() throws IOException {
        return pdf(content -> {
            for (int i = 0; i < 400_000; i++) {
                content.moveTo(i % 595, 0);
                content.curveTo(0, i % 842, 595, i * 7 % 842, i * 13 % 595, 842);
                content.stroke();
            }
        });
    }

    private interface Drawing {
        void on(PDPageContentStream content) throws IOException;
    }

    private static byte[] pdf(Drawing drawing) throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            PDPage page = new PDPage(PDRectangle.A4);
            pdf.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
                drawing.on(content);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            pdf.save(bytes);
            return bytes.toByteArray();
        }
    }

    private static String address(Written written) {
        return "/api/v1/items/" + written.itemId(0) + "/picture";
    }

    private static HttpResponse<byte[]> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(stack.address(path)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.sendAsync(request, BodyHandlers.ofByteArray()).join();
        }
    }

    @Test
    void an_item_is_shown_marked_on_its_page_and_the_picture_is_kept() throws IOException {
        HttpResponse<byte[]> answer = get(address(printed));

        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.ISO_8859_1))
                .isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/png");
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(answer.body()));
        assertThat(picture.getWidth()).isEqualTo(800);
        assertThat(picture.getHeight()).isEqualTo(560);
        // The box is at 72 from the left and 100 from the top, in points; the mark is a yellow
        // wash.
        double scale = 800 / 595.27;
        int inside = picture.getRGB((int) (300 * scale), (int) (200 * scale));
        assertThat(inside & 0xFF).as("blue of %x", inside).isLessThan(0xE0);
        int outside = picture.getRGB((int) (300 * scale), (int) (60 * scale));
        assertThat(outside & 0xFFFFFF).isEqualTo(0xFFFFFF);
        assertThat(blackDots(picture)).as("letters").isGreaterThan(100);

        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.map(Path::toString))
                    .anyMatch(path -> path.contains("pictures/" + printed.id()));
        }
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(stack.get(address(printed), "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    private static int blackDots(BufferedImage picture) {
        int black = 0;
        for (int x = 0; x < picture.getWidth(); x++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                black += (picture.getRGB(x, y) & 0xFF00) < 0x6000 ? 1 : 0;
            }
        }
        return black;
    }

    @Test
    void the_page_of_the_item_keeps_the_place_of_the_picture_free() {
        assertThat(stack.get("/items/" + printed.itemId(0)).body())
                .contains(
                        "src=\"" + address(printed) + "\"",
                        "width=\"800\" height=\"560\"",
                        "loading=\"lazy\"",
                        "alt=\"Part of page 1 ");
    }

    @Test
    void a_document_that_cannot_be_drawn_has_no_picture() {
        HttpResponse<byte[]> answer = get(address(broken));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
    }

    @Test
    void a_page_that_the_item_is_not_on_is_wrong_input() {
        assertThat(get(address(printed) + "?page=2").statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/items/nonsense/picture").statusCode()).isEqualTo(404);
    }

    @Test
    void while_one_is_drawn_others_are_asked_to_come_again_and_it_is_ended_at_its_limit() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(stack.address(address(slow))).build();
            var answers =
                    Stream.generate(() -> client.sendAsync(request, BodyHandlers.discarding()))
                            .limit(2)
                            .toList()
                            .stream()
                            .map(CompletableFuture::join)
                            .toList();
            assertThat(answers)
                    .extracting(HttpResponse::statusCode)
                    .containsExactlyInAnyOrder(404, 503);
            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() == 503)
                    .allMatch(answer -> answer.headers().firstValue("Retry-After").isPresent());
        }
    }
}
