package org.minutebook.search;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.minutebook.search.Written.decision;
import static org.minutebook.search.Written.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
import org.minutebook.contracts.Outcome;
import org.minutebook.store.FileSystemDocumentStore;
import org.minutebook.testservers.Chromium;
import org.minutebook.testservers.TestServers;

/** The public pages in a real browser; pictures of them are left in target/pages. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BrowserIT {

    private static final int TAB = 9;
    private static final int ENTER = 13;

    /** Bytes of the first view of a page, as they come over the network. */
    private static final int MOST_BYTES = 150_000;

    private static final int NARROW = 320;
    private static final int WIDE = 1200;

    @TempDir private static Path directory;
    private static Stack stack;
    private static FileSystemDocumentStore store;
    private static Chromium browser;
    private static Written minutes;

    @BeforeAll
    static void start() throws Exception {
        browser = Chromium.start(directory.resolve("profile"), "the public pages");
        store = new FileSystemDocumentStore(directory.resolve("store"));
        minutes =
                Written.stored(store, pdf())
                        .item("28", "Apologies for absence", "Councillor Carrow.")
                        .item(
                                "29",
                                "Former Tannery, Mill Lane: 26/00412/FUL",
                                "The Committee considered an application for twelve houses with"
                                        + " parking.\n\nMembers asked about\n(a) parking for"
                                        + " visitors;\n(b) the age of the wall.",
                                decision(
                                        Outcome.APPROVED,
                                        "RESOLVED: That planning permission be granted."))
                        .item("30", "Tannery footbridge", "The footbridge at the tannery.");
        Written agenda =
                document("agenda")
                        .agenda()
                        .section(null, "Planning applications")
                        .item("5", "Former Tannery, Mill Lane: 26/00412/FUL", "To consider it.");
        stack =
                Stack.start(
                        directory.resolve("store"),
                        TestServers.elasticsearch(),
                        "--minutebook.search.contact=clerk@eldmarsh.example",
                        "--minutebook.pictures.patience=60s");
        List<Written> all = new ArrayList<>(List.of(minutes, agenda));
        IntStream.range(0, 40)
                .forEach(i ->
                        all.add(
                                document("earlier" + i)
                                        .date("%d-%02d-07".formatted(2016 + i / 4, i % 12 + 1))
                                        .committee(
                                                i % 3 == 0
                                                        ? "Leisure Committee"
                                                        : "Planning Committee")
                                        .item(
                                                "4",
                                                "Tannery site, report " + i,
                                                "A report on the tannery. "
                                                        + "Words. ".repeat(40))));
        stack.write(all.toArray(Written[]::new));
        Files.createDirectories(pictures());
        browser.keepsFiles(false);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (stack != null) {
            stack.close();
        }
        if (store != null) {
            store.close();
        }
    }

    private static byte[] pdf() throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            PDPage page = new PDPage(PDRectangle.A4);
            pdf.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
                content.beginText();
                content.setFont(new PDType1Font(FontName.HELVETICA), 11);
                content.setLeading(16);
                content.newLineAtOffset(80, 780);
                for (int line = 0; line < 40; line++) {
                    content.showText(
                            "Line %d of the minutes of the Planning Committee".formatted(line));
                    content.newLine();
                }
                content.endText();
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            pdf.save(bytes);
            return bytes.toByteArray();
        }
    }

    /** A page, and the name of its picture. */
    private record Page(String name, String path) {}

    private static List<Page> pages() {
        return List.of(
                new Page("home", "/"),
                new Page("results", "/search?q=tannery"),
                new Page("results-narrowed", "/search?q=tannery&kind=minutes&year=2020"),
                new Page("results-page-2", "/search?q=tannery&page=2&sort=date"),
                new Page("results-other-words", "/search?q=TPO+tannery"),
                new Page("results-nothing", "/search?q=xyzzy"),
                new Page("results-relaxed", "/search?q=tannery+xyzzy"),
                new Page("results-wrong", "/search?q=tannery&from=yesterday"),
                new Page("item", "/items/" + minutes.itemId(1)),
                new Page("meeting", "/meetings/eldmarsh/planning-committee/2026-10-14"),
                new Page("council", "/councils/eldmarsh"),
                new Page("committee", "/councils/eldmarsh/planning-committee"),
                new Page("words", "/words"),
                new Page("developers", "/developers"),
                new Page("not-there", "/nowhere"));
    }

    /** How somebody looks at a page. */
    private record View(int width, boolean scripts) {}

    @Test
    void no_page_has_a_barrier_with_scripts_or_without_wide_or_narrow() {
        List<View> views =
                List.of(new View(WIDE, true), new View(NARROW, true), new View(NARROW, false));
        for (View view : views) {
            browser.resize(view.width(), 900);
            for (Page page : pages()) {
                browser.runsScripts(view.scripts());
                open(page.path());
                // The checker is a script too; those of the page have not run.
                browser.runsScripts(true);
                String name =
                        "%s-%d%s"
                                .formatted(
                                        page.name(),
                                        view.width(),
                                        view.scripts() ? "" : "-no-scripts");
                assertNoViolation(name);
                assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                        .as("width of " + name)
                        .isLessThanOrEqualTo(view.width());
            }
        }
    }

    private static void assertNoViolation(String page) {
        browser.picture(pictures().resolve(page + ".png"));
        assertThat(browser.violations()).as(page).isEmpty();
    }

    @Test
    void nothing_moves_while_a_page_comes_and_it_is_light() {
        for (int width : new int[] {WIDE, NARROW}) {
            browser.resize(width, 900);
            for (Page page : pages()) {
                open(page.path());
                // Down to the end, so that pictures come that are loaded late.
                double moved =
                        browser.evaluate(
                                        """
                                        (async () => {
                                          let moved = 0;
                                          new PerformanceObserver(list => list.getEntries().forEach(e => moved += e.value))
                                            .observe({type: 'layout-shift', buffered: true});
                                          document.querySelector('footer').scrollIntoView();
                                          await Promise.all([...document.images].map(i => i.complete || new Promise(done => i.onload = i.onerror = done)));
                                          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
                                          return moved;
                                        })()\
                                        """)
                                .asDouble();
                assertThat(moved).as("layout shift of %s", page).isZero();
                assertThat(browser.received())
                        .as("bytes of %s", page)
                        .isPositive()
                        .isLessThan(MOST_BYTES);
            }
        }
    }

    @Test
    void the_picture_of_the_page_is_shown() {
        browser.resize(WIDE, 900);
        open("/items/" + minutes.itemId(1));
        browser.evaluate("document.querySelector('.mb-picture').scrollIntoView()");
        await().atMost(60, SECONDS)
                .until(() ->
                        browser.evaluate("document.querySelector('.mb-picture').naturalWidth")
                                        .asInt()
                                == 800);
        browser.picture(pictures().resolve("item-with-picture.png"));
    }

    @Test
    void from_the_search_to_the_page_of_the_document_by_the_keyboard_alone() {
        for (boolean scripts : new boolean[] {true, false}) {
            browser.resize(WIDE, 900);
            browser.runsScripts(scripts);
            open("/");
            walkTo("document.activeElement.id === 'q'");
            browser.type("former tannery twelve houses");
            browser.press("Enter", ENTER);
            arrive("/search?");
            walkTo("document.activeElement.closest('.mb-hit h2') !== null");
            browser.press("Enter", ENTER);
            arrive("/items/");
            walkTo("(document.activeElement.getAttribute('href') || '').includes('/file#page=1')");
            String pdf = browser.evaluate("document.activeElement.getAttribute('href')").asString();
            assertThat(pdf).isEqualTo("/api/v1/documents/" + minutes.id() + "/file#page=1");
            assertThat(stack.get(pdf.substring(0, pdf.indexOf('#'))).headers().map())
                    .containsEntry("content-type", List.of("application/pdf"));
            browser.runsScripts(true);
        }
    }

    /** Presses the tabulator until something has the focus, which can be seen at every stop. */
    private static void walkTo(String wanted) {
        for (int stops = 0; stops < 80; stops++) {
            browser.press("Tab", TAB);
            assertThat(
                            browser.evaluate(
                                            """
                                            (() => {
                                              const style = getComputedStyle(document.activeElement);
                                              return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
                                            })()\
                                            """)
                                    .asBoolean())
                    .as("the focus can be seen")
                    .isTrue();
            if (browser.evaluate(wanted).asBoolean()) {
                return;
            }
        }
        throw new AssertionError("never reached by the tabulator: " + wanted);
    }

    /** On the way from one page to the next the browser answers nothing at times. */
    private static void arrive(String part) {
        await().ignoreExceptions()
                .atMost(60, SECONDS)
                .until(() -> browser.evaluate("location.href").asString("").contains(part));
        await().ignoreExceptions()
                .atMost(60, SECONDS)
                .until(() ->
                        browser.evaluate("document.readyState").asString("").equals("complete"));
    }

    private static void open(String path) {
        browser.open(stack.address(path));
    }

    private static Path pictures() {
        return Path.of("target", "pages");
    }
}
