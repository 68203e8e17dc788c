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
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
    private static final int LARGE = 30_000_000;

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
        sayIndexed("%PDF-1.7 browser minutes", 12);
        await().atMost(120, SECONDS)
                .untilAsserted(
                        () -> assertThat(text("#files")).contains("Searchable, 12 agenda items"));
        assertNoViolation("uploaded");
    }

    @Test
    void two_files_of_one_name_are_two_documents() throws Exception {
        Path old = file("2024/annual.pdf", "%PDF-1.7 of 2024");
        browser.open(stack.base().resolve("/upload"));
        browser.choose("#file", List.of(old));
        await().atMost(120, SECONDS)
                .until(() -> text("#summary").contains("1 of 1 files uploaded."));

        browser.choose("#file", List.of(file("2025/annual.pdf", "%PDF-1.7 of 2025")));

        await().atMost(120, SECONDS)
                .until(() -> text("#summary").contains("2 of 2 files uploaded."));
        assertThat(stack.stored(id("%PDF-1.7 of 2024")).orElseThrow().name())
                .isEqualTo("annual.pdf");
        assertThat(stack.stored(id("%PDF-1.7 of 2025")).orElseThrow().name())
                .isEqualTo("annual (2).pdf");
        sayIndexed("%PDF-1.7 of 2024", 24);
        sayIndexed("%PDF-1.7 of 2025", 25);
        await().atMost(120, SECONDS)
                .untilAsserted(() ->
                        assertThat(rows())
                                .containsExactly(
                                        "annual.pdf: Searchable, 24 agenda items",
                                        "annual.pdf (another of this name, kept as annual (2).pdf):"
                                                + " Searchable, 25 agenda items"));

        browser.choose("#file", List.of(old));

        await().atMost(120, SECONDS)
                .until(() -> text("#skipped").contains("annual.pdf is in the list already."));
        assertThat(rows()).hasSize(2);
        assertNoViolation("of-one-name");
    }

    @Test
    void a_file_and_one_of_its_name_in_an_archive_are_told_apart() throws Exception {
        Path archive = directory.resolve("papers.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("plan.pdf"));
            zip.write("%PDF-1.7 packed plan".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("blank.pdf"));
        }
        browser.open(stack.base().resolve("/upload"));
        browser.choose("#file", List.of(archive));
        await().atMost(120, SECONDS)
                .until(() -> text("#summary").contains("1 of 1 files uploaded, 1 not taken in."));

        browser.choose("#file", List.of(file("plan.pdf", "%PDF-1.7 plain plan")));

        await().atMost(120, SECONDS)
                .until(() -> text("#summary").contains("2 of 2 files uploaded, 1 not taken in."));
        sayIndexed("%PDF-1.7 packed plan", 2);
        sayIndexed("%PDF-1.7 plain plan", 3);
        await().atMost(120, SECONDS)
                .untilAsserted(() ->
                        assertThat(rows())
                                .containsExactly(
                                        "papers.zip: 2 files in it, listed below",
                                        "plan.pdf: Searchable, 2 agenda items",
                                        "blank.pdf: Not taken in: The file is empty.",
                                        "plan.pdf (another of this name, kept as plan (2).pdf):"
                                                + " Searchable, 3 agenda items"));
    }

    @Test
    void a_file_that_was_put_right_is_taken_under_its_name() throws Exception {
        Path report = file("report.pdf", "");
        browser.open(stack.base().resolve("/upload"));
        browser.choose("#file", List.of(report));
        await().atMost(120, SECONDS).until(() -> text("#files").contains("The file is empty."));

        Files.writeString(report, "%PDF-1.7 put right");
        browser.choose("#file", List.of(report));

        await().atMost(120, SECONDS)
                .until(() -> text("#summary").contains("2 of 2 files uploaded, 1 not taken in."));
        assertThat(stack.stored(id("%PDF-1.7 put right")).orElseThrow().name())
                .isEqualTo("report.pdf");
    }

    @Test
    void who_was_signed_out_is_told_so_and_can_choose_the_rest_again() throws Exception {
        browser.open(stack.base().resolve("/upload"));
        browser.choose("#file", List.of(file("before.pdf", "%PDF-1.7 before")));
        await().atMost(120, SECONDS)
                .until(() -> text("#summary").contains("1 of 1 files uploaded."));
        // Larger than what a server takes in of a request that it has answered.
        String large = "%PDF-1.7 after" + " ".repeat(LARGE);
        List<Path> rest = List.of(file("after.pdf", large), file("last.pdf", "%PDF-1.7 last"));
        browser.evaluate("fetch('/sign-out', {method: 'POST'}).then(answer => answer.status)");
        try {
            browser.choose("#file", rest);

            await().atMost(120, SECONDS)
                    .untilAsserted(() ->
                            assertThat(rows())
                                    .contains(
                                            "after.pdf: Not taken in: You were signed out.",
                                            "last.pdf: Not taken in: You were signed out."));
            assertThat(text("#problem"))
                    .contains("You were signed out. Sign in again")
                    .doesNotContain("Authorization");
            assertThat(
                            browser.evaluate(
                                            "document.querySelector('#problem a').getAttribute('href')")
                                    .asString())
                    .isEqualTo("/sign-in?next=/upload");
            assertNoViolation("signed-out");
        } finally {
            browser.evaluate(
                    """
                    fetch('/sign-in', {method: 'POST', body: new URLSearchParams({key: '%s'})})
                        .then(answer => answer.status)\
                    """
                            .formatted(Stack.KEY));
        }

        browser.choose("#file", rest);

        await().atMost(120, SECONDS)
                .until(() -> text("#summary").contains("3 of 3 files uploaded."));
        assertThat(text("#problem")).isEmpty();
        assertThat(rows()).hasSize(3);
        assertThat(stack.stored(id(large)).orElseThrow().name()).isEqualTo("after.pdf");
        assertThat(stack.stored(id("%PDF-1.7 last")).orElseThrow().name()).isEqualTo("last.pdf");
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
    void the_other_pages_have_no_barrier() throws Exception {
        browser.open(stack.base().resolve("/upload"));
        browser.choose("#file", List.of(file("listed.pdf", "%PDF-1.7 listed")));
        for (String page : List.of("/documents", "/completeness")) {
            // Both with their tables, which are wider than a small screen.
            await().atMost(120, SECONDS)
                    .until(() -> {
                        browser.open(stack.base().resolve(page));
                        return browser.evaluate("document.querySelectorAll('.mb-table td').length")
                                        .asInt()
                                > 0;
                    });
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

    /** The rows of the table, each as {@code file: state}. */
    private static List<String> rows() {
        List<String> rows = new ArrayList<>();
        browser.evaluate(
                        "[...document.querySelectorAll('#files tr')].map(row => [...row.cells].map(cell => cell.textContent).join(': '))")
                .forEach(row -> rows.add(row.asString()));
        return rows;
    }

    private static void sayIndexed(String content, int items) {
        StoredDocument stored = stack.stored(id(content)).orElseThrow();
        Stack.say(
                new DocumentLifecycle(
                        stored.revision(),
                        stored,
                        DocumentState.INDEXED,
                        null,
                        null,
                        null,
                        items,
                        Instant.now()));
    }

    private static Path file(String name, String content) throws Exception {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static Path pictures() {
        return Path.of("target", "pages");
    }

    private static DocumentId id(String content) {
        return DocumentId.of(ContentHash.of(content.getBytes(StandardCharsets.UTF_8)));
    }
}
