package org.minutebook.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.Topic;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * When papers came to their end, from the events that say so.
 *
 * @param ends moments at which some paper came to its end, in order
 * @param waits what waited from when to when
 */
record Stalls(TreeSet<Instant> ends, List<Wait> waits) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A paper was on its way. */
    private record Wait(Instant from, Instant to) {}

    private record End(String id, Instant at) {}

    static Stalls of(TopicContents topics, Collection<Life> lives) {
        List<End> all = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record :
                topics.read(Topic.DOCUMENTS_LIFECYCLE.name())) {
            JsonNode event = JSON.readTree(record.value());
            if (DocumentState.valueOf(event.path("state").asString()).isFinal()) {
                all.add(new End(record.key(), Instant.parse(event.path("at").asString())));
            }
        }
        Map<String, List<Instant>> byPaper =
                all.stream()
                        .sorted(Comparator.comparing(End::at))
                        .collect(
                                Collectors.groupingBy(
                                        End::id, Collectors.mapping(End::at, Collectors.toList())));
        List<Wait> waits = new ArrayList<>();
        for (Life life : lives) {
            for (Instant accepted : life.accepted()) {
                byPaper.getOrDefault(life.id().value(), List.of()).stream()
                        .filter(end -> !end.isBefore(accepted))
                        .findFirst()
                        .ifPresent(end -> waits.add(new Wait(accepted, end)));
            }
        }
        return new Stalls(
                all.stream().map(End::at).collect(Collectors.toCollection(TreeSet::new)), waits);
    }

    /** Longest time in which papers were on their way and none came to its end. */
    Duration longest() {
        Duration longest = Duration.ZERO;
        for (Instant end : ends) {
            Instant before = ends.lower(end);
            for (Wait wait : waits) {
                if (wait.from().isBefore(end) && !wait.to().isBefore(end)) {
                    Instant from =
                            before == null || wait.from().isAfter(before) ? wait.from() : before;
                    Duration stall = Duration.between(from, end);
                    longest = stall.compareTo(longest) > 0 ? stall : longest;
                }
            }
        }
        return longest;
    }

    /** How long after a moment the next paper came to its end; zero where none did. */
    Duration next(Instant moment) {
        Instant next = ends.ceiling(moment);
        return next == null ? Duration.ZERO : Duration.between(moment, next);
    }
}
