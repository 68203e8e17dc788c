package org.minutebook.local.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IntakeTest {

    /** More than the buffers between two programs hold. */
    private static final long LARGE = 64L * 1024 * 1024;

    @TempDir private Path folder;

    private HttpServer server;
    private Intake intake;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        intake = new Intake(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "key");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_file_that_changes_while_it_is_sent_is_told_from_a_service_that_breaks_off()
            throws IOException {
        Path file = folder.resolve("large.pdf");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(LARGE);
        }
        server.createContext(
                "/api/v1/documents",
                exchange -> {
                    try (InputStream form = exchange.getRequestBody()) {
                        form.readNBytes(1);
                        Files.newOutputStream(file).close(); // now it is empty
                        form.transferTo(OutputStream.nullOutputStream());
                    }
                });

        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> intake.upload(file, "large.pdf", Map.of()))
                .satisfies(e -> assertThat(e.code()).isEqualTo("CHANGED"));
    }

    @Test
    void the_larger_an_upload_the_longer_it_may_take() {
        assertThat(intake.uploadLimit(0)).isEqualTo(Duration.ofMinutes(10));
        assertThat(intake.uploadLimit(36_000_000)).isEqualTo(Duration.ofMinutes(70));
    }
}
