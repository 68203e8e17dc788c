package org.minutebook.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentLifecycle;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.testservers.Chromium;

/** The pages of clerks in a real browser, with its scripts; pictures are left in target/pages. */
class BrowserIT {

    private static final int TAB = 9;
    private static final int ENTER = 13;

    private static final int NARROW = 320;
    private static final int WIDE = 1280;
    private static final int HEIGHT = 800;

    @TempDir private static Path directory;
    private static Stack stack;
    private static Chromium browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Chromium.start(directory.resolve("profile"), "the pages");
        stack = new Stack(directory.resolve("store")).start();
        Files.createDirectories(pictures());

        // By the keyboard alone: the first stop is the link past the header.
        browser.open(stack.base().resolve("/upload"));
        assertNoViolation("sign-in");
        browser.evaluate("document.getElementById('key').focus()");
        browser.type(Stack.KEY);
        browser.press("Enter", ENTER);
        await().atMost(120, SECONDS)
                .until(() -> browser.evaluate("location.pathname").asString().equals("/upload"));
        browser.open(stack.base().resolve("/upload"));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void files_are_uploaded_with_progress_and_what_became_of_them_is_told() throws Exception {
        Path minutes = file("minutes.pdf", "%PDF-1.7 browser minutes");
        Path empty = file("empty.pdf", "");
        browser.open(stack.base().resolve("/upload"));
        assertNoViolation("upload");

        browser.choose("#file", List.of(minutes, empty));

        await().atMost(120, SECONDS)
                .untilAsserted(() ->
                        assertThat(text("#files"))
                                .contains("minutes.pdf")
                                .contains("Not taken in: The file is empty."));
        await().atMost(120, SECONDS)
                .until(() -> text("#summary").contains("2 of 2 files uploaded, 1 not taken in."));
        StoredDocument stored = stack.stored(id("%PDF-1.7 browser minutes")).orElseThrow();
        Stack.say(
                new DocumentLifecycle(
                        stored.revision(),
                        stored,
                        DocumentState.INDEXED,
                        null,
                        null,
                        null,
                        12,
                        Instant.now()));
        await().atMost(120, SECONDS)
                .untilAsserted(
                        () -> assertThat(text("#files")).contains("Searchable, 12 agenda items"));
        assertNoViolation("uploaded");
    }

    @Test
    void files_and_folders_can_be_dropped() {
        browser.open(stack.base().resolve("/upload"));

        // A drop as the browser makes it: entries of files and folders.
        browser.evaluate(
                """
                (() => {
                  const file = name => ({isFile: true, name, file: done => done(new File(["%PDF-1.7 dropped " + name], name))});
                  const folder = (name, inside) => ({isFile: false, name, createReader: () => {
                    let left = [inside, []];
                    return {readEntries: done => done(left.shift())};
                  }});
                  const entry = folder("2026", [file("a.pdf"), folder("inner", [file("b.pdf")]), file(".DS_Store")]);
                  const event = new Event("drop", {cancelable: true});
                  event.dataTransfer = {items: [{webkitGetAsEntry: () => entry}]};
                  document.dispatchEvent(event);
                })()\
                """);

        await().atMost(120, SECONDS)
                .until(() -> text("#summary").contains("2 of 2 files uploaded"));
        assertThat(stack.stored(id("%PDF-1.7 dropped b.pdf")).orElseThrow().name())
                .isEqualTo("2026/inner/b.pdf");
    }

    @Test
    void every_control_of_the_upload_page_can_be_reached_by_the_keyboard() {
        browser.open(stack.base().resolve("/upload"));
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            browser.press("Tab", TAB);
            reached.add(browser.evaluate("document.activeElement.id").asString(""));
        }

        assertThat(reached)
                .containsSubsequence("council", "committee", "kind", "manifest", "file", "folder");
    }

    @Test
    void the_other_pages_have_no_barrier() {
        for (String page : List.of("/documents", "/completeness")) {
            browser.open(stack.base().resolve(page));
            assertNoViolation(page.substring(1));
        }
    }

    /** On a large screen, and on the narrowest that WCAG 2.2 (1.4.10, reflow) asks for. */
    private static void assertNoViolation(String page) {
        for (int width : new int[] {NARROW, WIDE}) {
            browser.resize(width, HEIGHT);
            browser.picture(pictures().resolve("%s-%d.png".formatted(page, width)));
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                    .as("width of %s on a screen of %d", page, width)
                    .isLessThanOrEqualTo(width);
            assertThat(browser.violations()).as("%s, %d wide", page, width).isEmpty();
        }
    }

    private static String text(String selector) {
        return browser.evaluate("document.querySelector('%s').textContent".formatted(selector))
                .asString("");
    }

    private static Path file(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    private static Path pictures() {
        return Path.of("target", "pages");
    }

    private static DocumentId id(String content) {
        return DocumentId.of(ContentHash.of(content.getBytes(StandardCharsets.UTF_8)));
    }
}
