package org.minutebook.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.ingest.Stack.Answer;
import org.minutebook.ingest.Stack.Form;

/**
 * Senders who err, and senders who mean harm: each is refused with a reason, and the rest goes on.
 */
class HostileInputIT {

    private static final int CONNECTIONS = 2000;

    @TempDir private static Path directory;
    private static Stack stack;

    @BeforeAll
    static void start() {
        stack =
                new Stack(directory)
                        .start(
                                "--minutebook.ingest.parallel-uploads=4",
                                "--server.tomcat.connection-timeout=3s");
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void a_zip_bomb_is_refused_and_leaves_nothing() throws Exception {
        Answer answer = stack.upload(Form.file("bomb.zip", bomb()));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().at("/files/0/reason").asString()).isEqualTo("TOO_MUCH_CONTENT");
        assertThat(answer.body().at("/files/0/detail").asString())
                .contains("minutebook.archives.most-ratio");
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(file -> file.toFile().length() > 1_000_000)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd.pdf,UNSAFE_NAME",
        "/etc/passwd.pdf,UNSAFE_NAME",
        "C:\\minutes.pdf,UNSAFE_NAME"
    })
    void a_name_that_leads_somewhere_is_refused(String name, String reason) {
        Answer answer = stack.upload(Form.file(name, bytes("name " + name)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo(reason);
    }

    @Test
    void a_name_that_is_too_long_is_refused() {
        Answer answer = stack.upload(Form.file("x".repeat(300) + ".pdf", bytes("long")));

        assertThat(answer.code()).isEqualTo("NAME_TOO_LONG");
        assertThat(answer.body().get("detail").asString()).contains("304").contains("255");
    }

    @Test
    void two_files_of_one_name_are_not_mistaken_for_each_other() {
        Answer answer =
                stack.upload(Form.file("a.pdf", bytes("first a")).and("a.pdf", bytes("second a")));

        assertThat(answer.body().at("/files/0/outcome").asString()).isEqualTo("ACCEPTED");
        assertThat(answer.body().at("/files/1/reason").asString()).isEqualTo("DUPLICATE_NAME");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "windows-1252"})
    void a_name_is_read_in_whatever_encoding_a_browser_sends_it(String encoding) throws Exception {
        byte[] content = bytes("encoded " + encoding);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"Übersicht.pdf\"\r\n\r\n"
                        .getBytes(Charset.forName(encoding)));
        body.write(content);
        body.write("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));

        String answer = raw(head(body.size()), body.toByteArray());

        assertThat(answer).startsWith("HTTP/1.1 202");
        assertThat(stack.stored(id(content)).orElseThrow().name()).isEqualTo("Übersicht.pdf");
    }

    @Test
    void a_form_that_breaks_off_leaves_nothing() throws Exception {
        byte[] content = bytes("broken off");
        byte[] part =
                ("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n"
                                + new String(content, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8);

        String answer = raw(head(part.length), part); // no boundary at the end

        assertThat(answer).startsWith("HTTP/1.1 400").contains("INCOMPLETE");
        assertThat(stack.storedBytes(ContentHash.of(content))).isEmpty();
    }

    @Test
    void a_header_of_a_part_has_a_limit() throws Exception {
        byte[] part =
                ("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\nX: "
                                + "x".repeat(20_000)
                                + "\r\n\r\n%PDF\r\n--b--\r\n")
                        .getBytes(StandardCharsets.US_ASCII);

        assertThat(raw(head(part.length), part)).startsWith("HTTP/1.1 413");
    }

    @Test
    void a_field_has_a_limit() {
        Answer answer =
                stack.upload(
                        Form.file("a.pdf", bytes("field")).with("council", "x".repeat(20_000)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("detail").asString()).contains("council");
    }

    /**
     * A sender who stops sending holds one place for no longer than the connection's timeout;
     * others are served meanwhile.
     */
    @Test
    @Timeout(60)
    void a_sender_who_falls_silent_loses_his_place() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                Socket socket = connect();
                socket.getOutputStream().write(head(1_000_000));
                socket.getOutputStream().write("--b\r\n".getBytes(StandardCharsets.US_ASCII));
                silent.add(socket);
            }
            Answer meanwhile = stack.upload(Form.file("a.pdf", bytes("meanwhile")));
            for (Socket socket : silent) {
                socket.getInputStream().readAllBytes(); // until the service has had enough
            }
            Answer after = stack.upload(Form.file("a.pdf", bytes("after the silence")));

            assertThat(meanwhile.status()).isIn(202, 503);
            if (meanwhile.status() == 503) {
                assertThat(meanwhile.code()).isEqualTo("TOO_MANY_UPLOADS");
                assertThat(meanwhile.headers().getFirst("Retry-After")).isNotNull();
            }
            assertThat(after.status()).isEqualTo(202);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    @Timeout(120)
    void thousands_of_open_connections_do_not_keep_an_upload_out() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Socket socket = connect();
                socket.getOutputStream()
                        .write("POST /api/v1/doc".getBytes(StandardCharsets.US_ASCII));
                open.add(socket);
            }

            Answer answer = stack.upload(Form.file("a.pdf", bytes("among thousands")));

            assertThat(answer.status()).isEqualTo(202);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void a_body_that_is_no_form_is_refused_in_words() {
        Answer answer = stack.post("/api/v1/documents", java.util.Map.of("file", "x"));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.code()).isEqualTo("FORM_NEEDED");
    }

    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("bomb.pdf"));
            byte[] blanks = new byte[1024 * 1024];
            for (int i = 0; i < 100; i++) {
                zip.write(blanks);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] head(int length) {
        return ("POST /api/v1/documents HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Authorization: Bearer %s\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\n\r\n"
                                .formatted(Stack.KEY, length))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String raw(byte[] head, byte[] body) throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head);
            out.write(body);
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), stack.base().getPort());
    }

    private static byte[] bytes(String text) {
        return ("%PDF-1.7\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    private static DocumentId id(byte[] bytes) {
        return DocumentId.of(ContentHash.of(bytes));
    }
}
