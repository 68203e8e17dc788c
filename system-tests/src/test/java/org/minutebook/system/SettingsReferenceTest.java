package org.minutebook.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The settings reference is made from the records that read the settings. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SettingsReferenceTest {

    private static final List<String> MODULES =
            List.of(
                    "document-store",
                    "traces",
                    "ingest-service",
                    "extract-service",
                    "index-service",
                    "search-api");
    private static final Path PAGE = Project.ROOT.resolve("docs/settings.md");
    private static final JsonMapper JSON = new JsonMapper();

    /** Writes the page where it differs and fails that once, so that the change is looked at. */
    @Test
    void the_reference_says_what_the_services_read() throws IOException {
        String made = page();
        String committed = Files.exists(PAGE) ? Files.readString(PAGE) : "";
        if (!committed.equals(made)) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, made);
        }
        assertThat(committed).as("%s, now written anew: look and commit", PAGE).isEqualTo(made);
    }

    @Test
    void every_setting_is_described() {
        for (String module : MODULES) {
            assertThat(settings(module).values())
                    .as(module)
                    .allSatisfy(setting ->
                            assertThat(setting.path("description").asString(""))
                                    .as(setting.path("name").asString())
                                    .isNotBlank());
        }
    }

    private static String page() {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Settings

                        Made from the records that read them; do not edit. A setting is given as an argument
                        (`--minutebook.store.directory=/srv/minutebook`), as an environment variable
                        (`MINUTEBOOK_STORE_DIRECTORY`), or in a file `application.yaml` beside the service.
                        The services also read Spring Boot's own settings, of which these matter most:
                        `server.port`, `server.address`, `spring.kafka.bootstrap-servers`, `spring.elasticsearch.uris`.
                        """);
        for (String module : MODULES) {
            page.append("\n## ").append(module).append("\n\n");
            page.append("| setting | type | default | meaning |\n|---|---|---|---|\n");
            settings(module)
                    .forEach((name, setting) ->
                            page.append(
                                    "| `%s` | %s | %s | %s |\n"
                                            .formatted(
                                                    name,
                                                    type(setting),
                                                    defaultOf(setting),
                                                    setting.path("description")
                                                            .asString("")
                                                            .replaceAll("\\{@code ([^}]*)}", "`$1`")
                                                            .replace("|", "\\|"))));
        }
        return page.toString();
    }

    private static Map<String, JsonNode> settings(String module) {
        Path file =
                Project.ROOT.resolve(
                        module + "/target/classes/META-INF/spring-configuration-metadata.json");
        if (Files.notExists(file)) {
            assertThat(Project.ROOT.resolve(module + "/target/classes")).exists();
            return Map.of(); // It has no settings of its own.
        }
        return JSON.readTree(Project.read(file)).path("properties").values().stream()
                .filter(setting -> setting.path("name").asString().startsWith("minutebook."))
                .collect(
                        Collectors.toMap(
                                setting -> setting.path("name").asString(),
                                setting -> setting,
                                (first, second) -> first,
                                TreeMap::new));
    }

    private static String type(JsonNode setting) {
        return setting.path("type")
                .asString("")
                .replaceAll("\\b[a-z]+\\.(?:[a-z]+\\.)*", "")
                .replace('<', ' ')
                .replace(">", "");
    }

    private static String defaultOf(JsonNode setting) {
        JsonNode value = setting.path("defaultValue");
        if (value.isMissingNode() || value.isArray() && value.isEmpty()) {
            return "";
        }
        return "`" + (value.isArray() ? value.get(0).asString() : value.asString()) + "`";
    }
}
