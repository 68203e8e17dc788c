package org.minutebook.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What released versions wrote is read by this one. The files were recorded from a stack of their
 * version that ran: records of topics, records of documents in the store, entries of the item
 * index. They are never changed; a release adds a folder.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReleasedSamplesTest {

    private static final Path RELEASED =
            Path.of("src/test/resources/org/minutebook/contracts/released");

    /** As the services read. */
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    static Stream<Path> versions() {
        return in(RELEASED).stream().filter(Files::isDirectory);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void nobody_has_changed_a_file(Path version) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        for (String line : Files.readAllLines(sums(version))) {
            String[] parts = line.split("  ", 2);
            sums.put(parts[1], parts[0]);
        }
        Map<String, String> now = new TreeMap<>();
        try (Stream<Path> files = Files.walk(version)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                now.put(
                        version.relativize(file).toString().replace('\\', '/'),
                        ContentHash.of(Files.readAllBytes(file)).hex());
            }
        }

        assertThat(now).isEqualTo(sums);
    }

    private static Path sums(Path version) {
        return version.resolveSibling(version.getFileName() + ".sha256");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void records_of_topics_are_read_without_loss(Path version) {
        for (Path topic : in(version.resolve("topics"))) {
            Topic<?> known =
                    Topic.ALL.stream()
                            .filter(each -> each.name().equals(name(topic)))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("no topic is called " + topic));
            for (Path file : in(topic)) {
                JsonNode record = read(file);
                assertThat(record.at("/headers/" + CloudEventHeaders.TYPE).asString())
                        .as("%s", file)
                        .isEqualTo(known.eventType());
                assertReadWithoutLoss(file, record.get("value"), known.type());
            }
        }
    }

    @Test
    void the_first_release_has_samples_of_every_topic() {
        assertThat(in(RELEASED.resolve("0.1.0/topics")))
                .extracting(ReleasedSamplesTest::name)
                .containsExactlyInAnyOrderElementsOf(
                        Topic.ALL.stream().map(Topic::name).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void records_of_documents_in_the_store_are_read_without_loss(Path version) {
        List<Path> records = in(version.resolve("store"));
        assertThat(records).isNotEmpty();
        for (Path file : records) {
            assertReadWithoutLoss(file, read(file), StoredDocument.class);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void entries_of_the_index_are_read_without_loss(Path version) {
        List<Path> entries = in(version.resolve("index/entries"));
        assertThat(entries).isNotEmpty();
        for (Path file : entries) {
            assertReadWithoutLoss(file, read(file).get("_source"), IndexEntry.class);
        }
    }

    /** Whatever it said is still said when this version writes it again. */
    private static void assertReadWithoutLoss(Path file, JsonNode sample, Class<?> type) {
        assertContains(file.toString(), JSON.valueToTree(JSON.treeToValue(sample, type)), sample);
    }

    private static void assertContains(String where, JsonNode now, JsonNode then) {
        if (then.isObject()) {
            for (Map.Entry<String, JsonNode> field : then.properties()) {
                String place = where + "/" + field.getKey();
                if (field.getValue().isNull()) {
                    continue; // the same as absent
                }
                assertThat(now.has(field.getKey())).as(place).isTrue();
                assertContains(place, now.get(field.getKey()), field.getValue());
            }
        } else if (then.isArray()) {
            assertThat(now.size()).as(where).isEqualTo(then.size());
            for (int i = 0; i < then.size(); i++) {
                assertContains(where + "/" + i, now.get(i), then.get(i));
            }
        } else if (then.isNumber()) {
            assertThat(now.asDouble()).as(where).isCloseTo(then.asDouble(), within(1e-9));
        } else {
            assertThat(now).as(where).isEqualTo(then);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
