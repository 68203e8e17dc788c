package org.minutebook.chaos;

import static org.minutebook.chaos.Difference.Kind.DOUBLED;
import static org.minutebook.chaos.Difference.Kind.LOST;
import static org.minutebook.chaos.Difference.Kind.WRONG;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DeadLetterHeaders;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Topic;
import org.minutebook.store.DocumentStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares what must have become of each paper with what stands in the store, the topics, the
 * registry, the item index and with what was delivered. It reads them itself and asks no service.
 */
final class Oracle {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String REGISTRY = "documents";

    private final DocumentStore store;
    private final TopicContents topics;
    private final IndexContents index;
    private final List<Difference> differences = new ArrayList<>();

    private Oracle(DocumentStore store, TopicContents topics, IndexContents index) {
        this.store = store;
        this.topics = topics;
        this.index = index;
    }

    /**
     * All differences that there are now.
     *
     * @param lives what was accepted
     * @param calls what was delivered
     * @param everyCallOnce whether the same delivery must not come twice: a process that dies may
     *     repeat one, a process that ends in order may not
     */
    static List<Difference> differences(
            DocumentStore store,
            TopicContents topics,
            IndexContents index,
            Collection<Life> lives,
            List<Deliveries.Call> calls,
            boolean everyCallOnce)
            throws IOException, InterruptedException {
        Oracle oracle = new Oracle(store, topics, index);
        oracle.compare(lives);
        oracle.compareDeliveries(lives, calls);
        if (everyCallOnce) {
            oracle.lookForRepeats(calls);
        }
        oracle.lookForDeadLetters();
        return oracle.differences;
    }

    private void found(Difference.Kind kind, String form, Object... values) {
        differences.add(new Difference(kind, form.formatted(values)));
    }

    private void compare(Collection<Life> lives) throws IOException, InterruptedException {
        Map<String, JsonNode> registry = index.read(REGISTRY);
        Map<String, Map<String, JsonNode>> entries = new HashMap<>();
        index.read(IndexEntry.ALIAS)
                .forEach((id, entry) ->
                        entries.computeIfAbsent(
                                        entry.at("/document/id").asString(), key -> new HashMap<>())
                                .put(id, entry));
        Map<String, JsonNode> announced = newest(Topic.DOCUMENTS_UPLOADED.name());
        Map<String, JsonNode> items = newest(Topic.AGENDA_ITEMS.name());
        Map<String, JsonNode> lifecycle = lastStates();
        Set<String> known = new HashSet<>();
        for (Life life : lives) {
            String id = life.id().value();
            known.add(id);
            StoredDocument stored = compareStored(life);
            if (stored == null) {
                continue;
            }
            long revision = stored.revision().value();
            compareState("registry", life, registry.get(id), revision);
            compareState(Topic.DOCUMENTS_LIFECYCLE.name(), life, lifecycle.get(id), revision);
            compareRevision(
                    Topic.DOCUMENTS_UPLOADED.name(),
                    life,
                    announced.getOrDefault(id, JSON.nullNode()).path("document"),
                    revision);
            if (life.state() == DocumentState.INDEXED) {
                compareRevision(Topic.AGENDA_ITEMS.name(), life, items.get(id), revision);
            }
            compareEntries(life, entries.getOrDefault(id, Map.of()), revision);
        }
        Set<String> unknown = new TreeSet<>(registry.keySet());
        unknown.addAll(entries.keySet());
        unknown.addAll(lifecycle.keySet());
        try (Stream<DocumentId> stored = store.records()) {
            unknown.addAll(stored.map(DocumentId::value).toList());
        }
        unknown.removeAll(known);
        unknown.forEach(id -> found(WRONG, "%s was never handed in", id));
        store.unannounced(1000)
                .forEach(mark -> found(LOST, "%s is stored and not announced", mark.id()));
    }

    private @org.jspecify.annotations.Nullable StoredDocument compareStored(Life life)
            throws IOException {
        StoredDocument stored =
                store.record(life.id()).map(DocumentStore.Versioned::value).orElse(null);
        if (stored == null) {
            found(LOST, "%s has no record in the store", named(life));
            return null;
        }
        if (stored.deleted() != life.isDeleted()) {
            found(
                    WRONG,
                    "%s: the store says deleted %s, expected %s",
                    named(life),
                    stored.deleted(),
                    life.isDeleted());
        }
        try (InputStream bytes = store.open(stored.sha256()).orElse(null)) {
            boolean whole =
                    bytes != null
                            && DocumentId.of(ContentHash.of(bytes.readAllBytes()))
                                    .equals(life.id());
            if (life.isDeleted() && bytes != null) {
                found(WRONG, "%s is deleted and its bytes are there", named(life));
            } else if (!life.isDeleted() && !whole) {
                found(LOST, "%s: its bytes are not in the store", named(life));
            }
        }
        if (!life.isDeleted() && !fields(stored.given()).equals(life.given())) {
            found(
                    WRONG,
                    "%s: the store has %s, expected %s",
                    named(life),
                    fields(stored.given()),
                    life.given());
        }
        return stored;
    }

    private static Map<String, String> fields(Metadata given) {
        Map<String, String> fields = new HashMap<>();
        JSON.valueToTree(given)
                .properties()
                .forEach(field -> {
                    if (!field.getValue().isNull()) {
                        fields.put(field.getKey(), field.getValue().asString());
                    }
                });
        return fields;
    }

    private void compareState(
            String where,
            Life life,
            @org.jspecify.annotations.Nullable JsonNode entry,
            long revision) {
        if (entry == null) {
            found(LOST, "%s is not in the %s", named(life), where);
        } else if (!entry.path("state").asString().equals(life.state().name())
                || entry.path("revision").asLong() != revision) {
            found(
                    WRONG,
                    "%s: %s says %s at %d, expected %s at %d",
                    named(life),
                    where,
                    entry.path("state").asString(),
                    entry.path("revision").asLong(),
                    life.state(),
                    revision);
        } else if (life.state() == DocumentState.INDEXED
                && entry.path("items").asInt() != life.paper().items().size()) {
            found(
                    WRONG,
                    "%s: %s says %d items, expected %d",
                    named(life),
                    where,
                    entry.path("items").asInt(),
                    life.paper().items().size());
        }
    }

    private void compareRevision(
            String topic,
            Life life,
            @org.jspecify.annotations.Nullable JsonNode record,
            long revision) {
        long last = record == null ? 0 : record.path("revision").asLong();
        if (last != revision) {
            found(
                    last == 0 ? LOST : WRONG,
                    "%s: the last of %s is revision %d, expected %d",
                    named(life),
                    topic,
                    last,
                    revision);
        }
    }

    private void compareEntries(Life life, Map<String, JsonNode> entries, long revision) {
        Map<String, JsonNode> items = new HashMap<>();
        entries.forEach((id, entry) -> {
            if (!entry.path("role").asString().equals(IndexEntry.Role.DOCUMENT.wireName())) {
                items.put(id, entry);
            }
        });
        JsonNode document = entries.get(life.id().value());
        if (life.state() == DocumentState.INDEXED) {
            if (document == null) {
                found(LOST, "%s has no entry of its own in the index", named(life));
            } else {
                compareDocument(life, life.id().value(), document, revision);
            }
            for (Paper.Item item : life.paper().items()) {
                String id = ItemId.of(life.id(), item.number(), item.title(), 0).value();
                JsonNode entry = items.remove(id);
                if (entry == null) {
                    found(LOST, "%s: item %s is not in the index", named(life), item.number());
                } else {
                    compareItem(life, item, entry);
                    compareDocument(life, id, entry, revision);
                }
            }
        } else if (document != null && !document.at("/document/deleted").asBoolean()) {
            found(WRONG, "%s is %s and in the index", named(life), life.state());
        }
        Set<String> numbers =
                life.paper().items().stream().map(Paper.Item::number).collect(Collectors.toSet());
        items.forEach((id, entry) -> {
            boolean twice =
                    life.state() == DocumentState.INDEXED
                            && numbers.contains(entry.at("/item/number").asString());
            found(
                    twice ? DOUBLED : WRONG,
                    "%s is %s, and the index has its item %s of revision %d",
                    named(life),
                    life.state(),
                    id,
                    entry.path("revision").asLong());
        });
    }

    private void compareItem(Life life, Paper.Item item, JsonNode entry) {
        String text = entry.at("/item/text").asString().replaceAll("\\s+", " ").strip();
        if (!entry.at("/item/title").asString().equals(item.title()) || !text.equals(item.text())) {
            found(
                    WRONG,
                    "%s: item %s reads '%s: %s', expected '%s: %s'",
                    named(life),
                    item.number(),
                    entry.at("/item/title").asString(),
                    text,
                    item.title(),
                    item.text());
        }
    }

    private void compareDocument(Life life, String id, JsonNode entry, long revision) {
        if (entry.path("revision").asLong() != revision) {
            found(
                    WRONG,
                    "%s: entry %s is of revision %d, expected %d",
                    named(life),
                    id,
                    entry.path("revision").asLong(),
                    revision);
        }
        life.given()
                .forEach((field, value) -> {
                    String said = entry.path("document").path(field).asString();
                    if (!said.equals(value)) {
                        found(
                                WRONG,
                                "%s: entry %s has %s '%s', expected '%s'",
                                named(life),
                                id,
                                field,
                                said,
                                value);
                    }
                });
    }

    private void compareDeliveries(Collection<Life> lives, List<Deliveries.Call> calls) {
        Map<String, Set<String>> calledBy = new HashMap<>();
        Map<String, Set<JsonNode>> said = new HashMap<>();
        for (Deliveries.Call call : calls) {
            said.computeIfAbsent(call.id(), id -> new HashSet<>()).add(call.body().path("data"));
            call.items()
                    .forEach(item ->
                            calledBy.computeIfAbsent(item, id -> new HashSet<>()).add(call.id()));
        }
        said.forEach((id, bodies) -> {
            if (bodies.size() > 1) {
                found(WRONG, "delivery %s says two things: %s", id, bodies);
            }
        });
        for (Life life : lives) {
            if (life.paper().beacon() != null) {
                Paper.Item item = life.paper().items().getLast();
                String id = ItemId.of(life.id(), item.number(), item.title(), 0).value();
                Set<String> deliveries = calledBy.remove(id);
                if (deliveries == null) {
                    found(
                            LOST,
                            "%s: nobody was told of item %s, %s",
                            named(life),
                            id,
                            life.paper().beacon());
                } else if (deliveries.size() > 1) {
                    found(DOUBLED, "%s: item %s was told by %s", named(life), id, deliveries);
                }
            }
        }
        calledBy.forEach(
                (item, by) -> found(WRONG, "item %s was told by %s, and nobody asked", item, by));
    }

    private void lookForRepeats(List<Deliveries.Call> calls) {
        Set<String> seen = new HashSet<>();
        for (Deliveries.Call call : calls) {
            if (!seen.add(call.id())) {
                found(DOUBLED, "delivery %s came again", call.id());
            }
        }
    }

    private void lookForDeadLetters() {
        for (String topic : topics.topics()) {
            if (topic.endsWith(Topic.DEAD_LETTER_SUFFIX)) {
                for (ConsumerRecord<String, byte[]> letter : topics.read(topic)) {
                    var cause = letter.headers().lastHeader(DeadLetterHeaders.CAUSE);
                    found(
                            WRONG,
                            "dead letter in %s of %s: %s",
                            topic,
                            letter.key(),
                            cause == null
                                    ? "no cause"
                                    : new String(cause.value(), StandardCharsets.UTF_8));
                }
            }
        }
    }

    /** The newest record of each key. */
    private Map<String, JsonNode> newest(String topic) {
        Map<String, JsonNode> newest = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : topics.read(topic)) {
            if (record.value() != null) {
                newest.put(record.key(), JSON.readTree(record.value()));
            }
        }
        return newest;
    }

    /** The last state of each document, as the registry orders them. */
    private Map<String, JsonNode> lastStates() {
        Map<String, JsonNode> last = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record :
                topics.read(Topic.DOCUMENTS_LIFECYCLE.name())) {
            JsonNode event = JSON.readTree(record.value());
            last.merge(record.key(), event, (one, other) -> isNewer(one, other) ? other : one);
        }
        return last;
    }

    private static boolean isNewer(JsonNode one, JsonNode other) {
        long revision = other.path("revision").asLong() - one.path("revision").asLong();
        return revision > 0
                || revision == 0
                        && DocumentState.valueOf(other.path("state").asString())
                                        .compareTo(
                                                DocumentState.valueOf(one.path("state").asString()))
                                >= 0;
    }

    private static String named(Life life) {
        return Objects.requireNonNull(life.paper().name()) + " (" + life.id() + ")";
    }
}
