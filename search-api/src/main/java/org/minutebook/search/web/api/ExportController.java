package org.minutebook.search.web.api;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Decision;
import org.minutebook.search.WithSearch;
import org.minutebook.search.elasticsearch.ItemSearch;
import org.minutebook.search.items.FoundItem;
import org.minutebook.search.items.FoundItem.InDocument;
import org.minutebook.search.items.ItemQuestion;
import org.minutebook.search.items.SearchAwayException;
import org.minutebook.search.web.Addresses;
import org.minutebook.search.web.Freshness;
import org.minutebook.search.web.PublicAddress;
import org.minutebook.search.web.Questions;
import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import tools.jackson.databind.json.JsonMapper;

/** Whole results as files, written while they are read. */
@WithSearch
@RestController
class ExportController {

    private static final List<String> COLUMNS =
            List.of(
                    "id",
                    "council",
                    "committee",
                    "meetingDate",
                    "kind",
                    "number",
                    "title",
                    "decisions",
                    "outcomes",
                    "page",
                    "address",
                    "sourceUrl");

    private final Questions questions;
    private final ItemSearch search;
    private final JsonMapper json;
    private final Addresses addresses;
    private final PublicAddress publicAddress;
    private final Freshness freshness;

    ExportController(
            Questions questions,
            ItemSearch search,
            JsonMapper json,
            Addresses addresses,
            PublicAddress publicAddress,
            Freshness freshness) {
        this.questions = questions;
        this.search = search;
        this.json = json;
        this.addresses = addresses;
        this.publicAddress = publicAddress;
        this.freshness = freshness;
    }

    /** Source of the form: RFC 4180. */
    @GetMapping("/api/v1/items.csv")
    void csv(
            @RequestParam MultiValueMap<String, String> parameters,
            WebRequest request,
            HttpServletResponse response)
            throws IOException {
        ItemQuestion question = questions.read(parameters);
        if (freshness.isKnown(request, "csv " + question)) {
            return;
        }
        Writer out = begin(response, "text/csv", "items.csv");
        out.write(String.join(",", COLUMNS) + "\r\n");
        writeAll(question, response, out, item -> row(item) + "\r\n");
    }

    /** An item a line, as in a search. */
    @GetMapping("/api/v1/items.ndjson")
    void ndjson(
            @RequestParam MultiValueMap<String, String> parameters,
            WebRequest request,
            HttpServletResponse response)
            throws IOException {
        ItemQuestion question = questions.read(parameters);
        if (freshness.isKnown(request, "ndjson " + question)) {
            return;
        }
        Writer out = begin(response, "application/x-ndjson", "items.ndjson");
        writeAll(question, response, out, item -> json.writeValueAsString(item) + "\n");
    }

    /**
     * Writes and ends the answer.
     *
     * @throws SearchAwayException if the search fails on the way: where nothing was sent so far,
     *     the answer can still say so; else it is broken off
     */
    private void writeAll(
            ItemQuestion question,
            HttpServletResponse response,
            Writer out,
            Function<FoundItem, String> line)
            throws IOException {
        try {
            search.all(question, item -> write(out, line.apply(item)));
        } catch (SearchAwayException e) {
            if (!response.isCommitted()) {
                response.resetBuffer();
                response.setHeader(HttpHeaders.CONTENT_DISPOSITION, null);
            }
            throw e;
        }
        out.flush();
    }

    /** Over the stream of bytes: the answer's own writer would not let an error take its place. */
    private static Writer begin(HttpServletResponse response, String type, String name)
            throws IOException {
        response.setContentType(type);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
        return new BufferedWriter(
                new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
    }

    private static void write(Writer out, String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String row(FoundItem item) {
        InDocument document = item.document();
        return java.util.stream.Stream.of(
                        item.id().value(),
                        document.council(),
                        document.committee(),
                        Objects.toString(document.meetingDate(), null),
                        document.kind() == null ? null : document.kind().wireName(),
                        item.number(),
                        item.title(),
                        item.decisions().stream()
                                .map(Decision::text)
                                .collect(Collectors.joining("\n")),
                        item.decisions().stream()
                                .map(decision -> decision.outcome().wireName())
                                .distinct()
                                .collect(Collectors.joining(" ")),
                        Integer.toString(item.page()),
                        publicAddress.of(addresses.item(item.id())),
                        document.sourceUrl())
                .map(ExportController::cell)
                .collect(Collectors.joining(","));
    }

    /**
     * A cell in quotation marks. Programs for tables take a cell that begins with one of these
     * characters for a formula. Source: OWASP, "CSV Injection".
     */
    static String cell(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        String plain = "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + plain.replace("\"", "\"\"") + '"';
    }
}
