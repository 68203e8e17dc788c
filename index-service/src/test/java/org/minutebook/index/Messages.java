package org.minutebook.index;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.Attendance;
import org.minutebook.contracts.Box;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.NextMeeting;
import org.minutebook.contracts.Outcome;
import org.minutebook.contracts.ReadDocument;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;

/** Messages as extract-service sends them, about made-up minutes. */
public final class Messages {

    private Messages() {}

    /** Made-up minutes whose bytes are {@code content}, with items of these titles. */
    public static DocumentItems minutes(String content, long revision, String... titles) {
        StoredDocument document = document(content, revision, Set.of(), false);
        List<AgendaItem> items = new ArrayList<>();
        Map<String, Integer> alike = new HashMap<>();
        for (String title : titles) {
            int occurrence = alike.merge(title, 1, Integer::sum) - 1;
            items.add(item(document.id(), items.size(), title, occurrence));
        }
        return new DocumentItems(document.revision(), document, read(), items, null);
    }

    static DocumentItems hiding(DocumentItems message, long revision, ItemId hidden) {
        StoredDocument d = message.document();
        StoredDocument document =
                new StoredDocument(
                        d.id(),
                        d.sha256(),
                        d.size(),
                        new Revision(revision),
                        d.given(),
                        d.names(),
                        d.batches(),
                        d.uploadedAt(),
                        null,
                        false,
                        Set.of(hidden));
        return new DocumentItems(
                document.revision(), document, message.read(), message.items(), null);
    }

    static DocumentItems refusal(String content, long revision) {
        StoredDocument document = document(content, revision, Set.of(), false);
        return new DocumentItems(document.revision(), document, null, List.of(), null);
    }

    static DocumentItems deletion(String content, long revision) {
        StoredDocument document = document(content, revision, Set.of(), true);
        return new DocumentItems(document.revision(), document, null, List.of(), null);
    }

    /** The same with so many letters of text in its first item, which are all its items. */
    public static DocumentItems withText(DocumentItems message, int letters) {
        return withFirst(message, message.items().getFirst().number(), "a".repeat(letters));
    }

    /** The same with an item of this number. */
    static DocumentItems withNumber(DocumentItems message, String number) {
        return withFirst(message, number, message.items().getFirst().text());
    }

    private static DocumentItems withFirst(
            DocumentItems message, @Nullable String number, String text) {
        AgendaItem i = message.items().getFirst();
        AgendaItem changed =
                new AgendaItem(
                        i.id(),
                        i.order(),
                        number,
                        i.section(),
                        i.title(),
                        i.level(),
                        false,
                        text,
                        i.decisions(),
                        i.time(),
                        i.page(),
                        i.pageTo(),
                        i.boxes(),
                        i.attachments(),
                        i.interests(),
                        i.continuedElsewhere(),
                        i.scanned(),
                        i.confidence());
        return new DocumentItems(
                message.revision(), message.document(), message.read(), List.of(changed), null);
    }

    /** An item that only groups the items below it. */
    static DocumentItems withSection(DocumentItems message, String title) {
        List<AgendaItem> items = new ArrayList<>(message.items());
        AgendaItem i = item(message.document().id(), items.size(), title, 0);
        items.add(
                new AgendaItem(
                        i.id(),
                        i.order(),
                        i.number(),
                        null,
                        title,
                        1,
                        true,
                        "",
                        List.of(),
                        null,
                        1,
                        1,
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        false,
                        null));
        return new DocumentItems(
                message.revision(), message.document(), message.read(), items, null);
    }

    private static StoredDocument document(
            String content, long revision, Set<ItemId> hidden, boolean deleted) {
        ContentHash hash = ContentHash.of(content.getBytes(StandardCharsets.UTF_8));
        return new StoredDocument(
                DocumentId.of(hash),
                hash,
                content.length(),
                new Revision(revision),
                new Metadata("Eldmarsh Borough Council", null, null, null, null, null),
                List.of("planning.pdf"),
                List.of(),
                Instant.parse("2026-01-02T03:04:05Z"),
                null,
                deleted,
                hidden);
    }

    private static AgendaItem item(DocumentId document, int order, String title, int occurrence) {
        String number = Integer.toString(order + 1);
        return new AgendaItem(
                ItemId.of(document, number, title, occurrence),
                order,
                number,
                "Part I",
                title,
                1,
                false,
                "The Committee considered the report on " + title + ".",
                List.of(
                        new Decision(
                                "Resolved: That it be noted.",
                                Outcome.RESOLVED,
                                "Cllr Hall",
                                null,
                                new Decision.Votes(5, 1, null))),
                LocalTime.of(18, 30),
                1,
                2,
                List.of(new Box(1, 72, 90.5, 451, 120)),
                List.of("Appendix A"),
                List.of("Cllr Reed declared an interest in item " + number),
                "view the full minutes text for item " + number,
                true,
                0.91);
    }

    private static ReadDocument read() {
        return new ReadDocument(
                "application/pdf",
                new Metadata(
                        null,
                        "Planning Committee",
                        DocumentKind.MINUTES,
                        LocalDate.of(2026, 9, 16),
                        "Minutes",
                        null),
                LocalTime.of(18, 30),
                "Town Hall",
                "Democratic Services",
                new Attendance(List.of("Cllr Hall"), List.of("Cllr Zaman"), List.of()),
                List.of(new NextMeeting(LocalDate.of(2026, 10, 14), null, "Rearranged")),
                3,
                2,
                2);
    }
}
