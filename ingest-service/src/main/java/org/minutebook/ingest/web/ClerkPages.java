package org.minutebook.ingest.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.ingest.DocumentChanges;
import org.minutebook.ingest.FileOutcome;
import org.minutebook.ingest.RegistryEntry;
import org.minutebook.ingest.RegistryUnavailableException;
import org.minutebook.ingest.access.AccessKey;
import org.minutebook.ingest.access.AccessKeys;
import org.minutebook.ingest.access.Allowances;
import org.minutebook.ingest.elasticsearch.DocumentRegistry;
import org.minutebook.ingest.web.Problems.BadRequestException;
import org.minutebook.ingest.web.Problems.NotThereException;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.Versioned;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Pages for clerks: sign in, upload, see what became of documents, read them again, delete them.
 * All work without scripts; a script on the upload page adds folders, progress and dropping.
 */
@Controller
class ClerkPages {

    private static final int PAGE = 50;

    private final Uploads uploads;
    private final Problems problems;
    private final DocumentRegistry registry;
    private final DocumentChanges changes;
    private final DocumentStore store;
    private final AccessKeys keys;
    private final SignInCookie signIn;
    private final Allowances allowances;
    private final Stylesheet stylesheet;
    private final PageSettings settings;
    private final ItemLinks itemLinks;

    ClerkPages(
            Uploads uploads,
            Problems problems,
            DocumentRegistry registry,
            DocumentChanges changes,
            DocumentStore store,
            AccessKeys keys,
            SignInCookie signIn,
            Allowances allowances,
            Stylesheet stylesheet,
            PageSettings settings,
            ItemLinks itemLinks) {
        this.uploads = uploads;
        this.problems = problems;
        this.registry = registry;
        this.changes = changes;
        this.store = store;
        this.keys = keys;
        this.signIn = signIn;
        this.allowances = allowances;
        this.stylesheet = stylesheet;
        this.settings = settings;
        this.itemLinks = itemLinks;
    }

    /** What every page shows. */
    @ModelAttribute
    void frame(HttpServletRequest request, Model model) {
        String path = request.getRequestURI();
        int end = path.indexOf('/', 1);
        model.addAttribute("here", path.substring(1, end < 0 ? path.length() : end));
        model.addAttribute("stylesheet", stylesheet.path());
        model.addAttribute(
                "search",
                settings.searchAddress() == null ? null : settings.searchAddress().toString());
        model.addAttribute("who", signIn.key(request).map(AccessKey::name).orElse(null));
    }

    @GetMapping("/")
    String start() {
        return "redirect:/upload";
    }

    @GetMapping("/sign-in")
    String signIn(@RequestParam(defaultValue = "/upload") String next, Model model) {
        model.addAttribute("next", next);
        model.addAttribute("problem", null);
        return "sign-in";
    }

    @PostMapping("/sign-in")
    String signIn(
            @RequestParam String key,
            @RequestParam(defaultValue = "/upload") String next,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        String address = request.getRemoteAddr();
        ContentHash hash = ContentHash.of(key.strip().getBytes(StandardCharsets.UTF_8));
        boolean barred = allowances.isBarred(address);
        if (barred || keys.find(hash).isEmpty()) {
            allowances.takeFailure(address);
            response.setStatus(
                    barred ? HttpStatus.TOO_MANY_REQUESTS.value() : HttpStatus.OK.value());
            model.addAttribute("next", next);
            model.addAttribute(
                    "problem",
                    barred
                            ? "Too many wrong keys came from your network. Wait a minute and try again"
                            : "This key is not valid");
            return "sign-in";
        }
        signIn.give(request, response, hash);
        // Only to our own pages: '//elsewhere.example' is another host.
        boolean ours = next.startsWith("/") && !next.startsWith("//") && !next.contains("\\");
        return "redirect:" + (ours ? next : "/upload");
    }

    @PostMapping("/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response) {
        signIn.takeBack(request, response);
        return "redirect:/sign-in";
    }

    @GetMapping("/upload")
    String upload() {
        return "upload";
    }

    /**
     * A file and what became of it.
     *
     * @param file its name
     * @param sentence for a person
     */
    record Line(String file, String sentence) {}

    @PostMapping("/upload")
    String uploaded(HttpServletRequest request, Model model) throws InterruptedException {
        List<Line> lines = new ArrayList<>();
        try {
            for (FileOutcome outcome : uploads.take(request).outcomes()) {
                lines.add(new Line(outcome.file(), sentence(outcome)));
            }
        } catch (RuntimeException e) {
            ProblemDetail problem = problems.of(e);
            if (problem == null) {
                throw e;
            }
            model.addAttribute("problem", problem.getDetail());
        }
        model.addAttribute("files", lines);
        return "uploaded";
    }

    private static String sentence(FileOutcome outcome) {
        return switch (outcome) {
            case FileOutcome.Accepted _ -> "Taken in. It is being read.";
            case FileOutcome.Known(_, _, boolean differs) ->
                    differs
                            ? "It was here already, with other details, which were kept. Change them under Documents, by Details."
                            : "It was here already.";
            case FileOutcome.Refused refused -> "Not taken in: " + refused.detail();
        };
    }

    /**
     * A document as the list shows it.
     *
     * @param present whether it is not deleted
     * @param meeting council, committee and date as far as known
     * @param colour class of the state's tag
     * @param pages pages read of pages printed
     * @param itemsAddress where its items can be looked at; null where they cannot
     */
    record Row(
            DocumentId id,
            String name,
            boolean present,
            String meeting,
            String state,
            String colour,
            @Nullable String detail,
            String pages,
            String items,
            @Nullable String itemsAddress) {}

    /** A state to filter by. */
    record Choice(String name, String words) {}

    @GetMapping("/documents")
    String documents(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String council,
            @RequestParam(required = false) @Nullable String batch,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String done,
            Model model) {
        model.addAttribute("state", state);
        model.addAttribute("council", council);
        model.addAttribute("batch", batch);
        model.addAttribute(
                "states",
                Stream.of(DocumentState.values())
                        .map(each -> new Choice(each.name(), StateWords.of(each)))
                        .toList());
        model.addAttribute(
                "done",
                switch (done) {
                    case "deleted" -> "The document was deleted.";
                    case "reprocess" -> "The document is being read again.";
                    case "details" -> "The details are saved. Search has them in a moment.";
                    case null, default -> null;
                });
        DocumentRegistry.Page page = new DocumentRegistry.Page(0, List.of(), null);
        boolean away = false;
        try {
            page = registry.list(DocumentsController.filter(state, council, batch), PAGE, cursor);
        } catch (RegistryUnavailableException e) {
            away = true;
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("the cursor is none");
        }
        model.addAttribute("away", away);
        model.addAttribute("total", page.total());
        model.addAttribute("documents", page.documents().stream().map(this::row).toList());
        model.addAttribute(
                "next",
                page.nextCursor() == null
                        ? null
                        : UriComponentsBuilder.fromPath("/documents")
                                .queryParamIfPresent("state", Optional.ofNullable(state))
                                .queryParamIfPresent("council", Optional.ofNullable(council))
                                .queryParamIfPresent("batch", Optional.ofNullable(batch))
                                .queryParam("cursor", page.nextCursor())
                                .encode()
                                .toUriString());
        return "documents";
    }

    private Row row(RegistryEntry entry) {
        Metadata said = entry.read() == null ? entry.given() : entry.given().orElse(entry.read());
        List<String> meeting = new ArrayList<>();
        for (Object part : new Object[] {said.council(), said.committee(), said.meetingDate()}) {
            if (part != null) {
                meeting.add(part.toString());
            }
        }
        return new Row(
                entry.id(),
                entry.names().isEmpty() ? entry.id().value() : entry.names().getLast(),
                entry.state() != DocumentState.DELETED,
                String.join(", ", meeting),
                StateWords.of(entry.state()),
                StateWords.colourOf(entry.state()),
                entry.detail(),
                entry.pagesPrinted() == null
                        ? ""
                        : entry.pagesRead() + " of " + entry.pagesPrinted(),
                entry.items() == null ? "" : entry.items().toString(),
                itemLinks.of(entry));
    }

    /**
     * Something that is said of a document.
     *
     * @param name of the field in the form
     * @param label for a person
     * @param given what was given by a person, or is to be; else null
     * @param read what the document says; null where it does not, or that is not known now
     */
    record Detail(String name, String label, @Nullable Object given, @Nullable Object read) {}

    @GetMapping("/documents/{id}/details")
    String details(@PathVariable String id, Model model) {
        StoredDocument document = present(id);
        return details(document, document.given(), model);
    }

    private String details(StoredDocument document, Metadata given, Model model) {
        Metadata read = readOf(document.id());
        model.addAttribute("id", document.id());
        model.addAttribute("name", document.name());
        model.addAttribute(
                "details",
                List.of(
                        new Detail("council", "Council", given.council(), read.council()),
                        new Detail("committee", "Committee", given.committee(), read.committee()),
                        new Detail(
                                "meetingDate",
                                "Date of the meeting",
                                given.meetingDate(),
                                read.meetingDate()),
                        new Detail("title", "Title", given.title(), read.title()),
                        new Detail(
                                "sourceUrl",
                                "Address where it was published",
                                given.sourceUrl(),
                                read.sourceUrl())));
        model.addAttribute("kinds", DocumentKind.values());
        model.addAttribute("kind", given.kind());
        model.addAttribute("kindRead", read.kind());
        return "details";
    }

    private Metadata readOf(DocumentId id) {
        try {
            return registry.find(id).map(RegistryEntry::read).orElse(Metadata.NONE);
        } catch (RegistryUnavailableException e) {
            return Metadata.NONE; // it is only shown beside what was given
        }
    }

    @PostMapping("/documents/{id}/details")
    String saveDetails(@PathVariable String id, HttpServletRequest request, Model model) {
        StoredDocument document = present(id);
        Metadata said;
        try {
            said = new Fields(request::getParameter).metadata();
        } catch (BadRequestException e) {
            model.addAttribute("problem", e.getMessage());
            return details(document, document.given(), model);
        }
        if (changes.correct(document.id(), _ -> said).isEmpty()) {
            throw new NotThereException();
        }
        return "redirect:/documents?done=details";
    }

    private StoredDocument present(String id) {
        return store.record(ChangesController.documentId(id))
                .map(Versioned::value)
                .filter(d -> !d.deleted())
                .orElseThrow(NotThereException::new);
    }

    @GetMapping("/documents/{id}/delete")
    String askToDelete(@PathVariable String id, Model model) {
        StoredDocument document = present(id);
        model.addAttribute("id", id);
        model.addAttribute("name", document.name());
        return "delete";
    }

    @PostMapping("/documents/{id}/delete")
    String delete(@PathVariable String id) {
        if (changes.delete(ChangesController.documentId(id)).isEmpty()) {
            throw new NotThereException();
        }
        return "redirect:/documents?done=deleted";
    }

    @PostMapping("/documents/{id}/reprocess")
    String reprocess(@PathVariable String id) {
        if (changes.reprocess(ChangesController.documentId(id)).isEmpty()) {
            throw new NotThereException();
        }
        return "redirect:/documents?done=reprocess";
    }

    @GetMapping("/completeness")
    String completeness(Model model) {
        boolean away = false;
        List<DocumentRegistry.CouncilCounts> councils = List.of();
        try {
            councils = registry.completeness();
        } catch (RegistryUnavailableException e) {
            away = true;
        }
        model.addAttribute("away", away);
        model.addAttribute("councils", councils);
        return "completeness";
    }
}
