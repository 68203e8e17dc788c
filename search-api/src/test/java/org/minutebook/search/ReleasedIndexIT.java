package org.minutebook.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An upgraded service searches the index that the version before it filled, until a new one is
 * ready.
 */
class ReleasedIndexIT {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir private static Path directory;

    static List<Path> versions() throws IOException {
        Path released =
                Path.of(
                        Objects.requireNonNull(System.getProperty("minutebook.root")),
                        "contracts/src/test/resources/org/minutebook/contracts/released");
        try (Stream<Path> folders = Files.list(released)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void every_item_of_a_released_version_is_found_and_shown(Path version) throws IOException {
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(version.resolve("index/entries"))) {
            for (Path file : files.sorted().toList()) {
                JsonNode entry = JSON.readTree(Files.readString(file));
                entries.put(entry.get("_id").asString(), entry.get("_source"));
            }
        }
        try (Stack stack = Stack.start(directory)) {
            stack.restore(version.resolve("index/mapping.json"), entries);

            assertThat(entries)
                    .anySatisfy((_, entry) ->
                            assertThat(entry.get("role").asString()).isEqualTo("item"));
            entries.forEach((id, entry) -> {
                if (entry.get("role").asString().equals("item")) {
                    String title = entry.at("/item/title").asString();
                    assertThat(stack.search("\"" + title + "\"").get("items").valueStream())
                            .as(title)
                            .anySatisfy(
                                    item -> assertThat(item.get("id").asString()).isEqualTo(id));
                    assertThat(stack.json("/api/v1/items/" + id).get("title").asString())
                            .isEqualTo(title);
                    assertThat(stack.get("/items/" + id).statusCode()).isEqualTo(200);
                }
            });
        }
    }
}
