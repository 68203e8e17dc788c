package org.minutebook.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.ingest.Stack.Answer;
import org.minutebook.ingest.Stack.Form;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the API is what the service does: its examples are run here. */
class OpenApiIT {

    private static final List<String> METHODS = List.of("post", "get", "put", "patch", "delete");
    private static final String EXAMPLE = "%PDF-1.7 to be changed by examples";

    @TempDir private static Path directory;
    private static Stack stack;
    private static JsonNode description;
    private static final Map<String, String> made = new HashMap<>();

    @BeforeAll
    static void start() {
        stack = new Stack(directory).start();
        Answer answer = stack.send(HttpMethod.GET, "/openapi.json", null, null);
        assertThat(answer.status()).isEqualTo(200);
        description = answer.body();
        made.put("batch", stack.post("/api/v1/batches", Map.of()).body().get("id").asString());
        made.put(
                "id",
                stack.upload(
                                Form.file("a.pdf", EXAMPLE.getBytes(StandardCharsets.UTF_8))
                                        .with("council", "Eldmarsh")
                                        .with("batch", made.get("batch")))
                        .body()
                        .at("/document/id")
                        .asString());
        deadLetters();
        await().atMost(120, SECONDS)
                .until(() -> stack.get("/api/v1/completeness").body().path("councils").size() > 0);
    }

    private static void deadLetters() {
        List.of("letter", "letterToReplay")
                .forEach(key -> Stack.say(key, key.getBytes(StandardCharsets.UTF_8)));
        await().atMost(60, SECONDS)
                .until(() -> {
                    for (JsonNode each :
                            stack.get("/api/v1/dead-letters").body().get("deadLetters")) {
                        made.put(each.get("key").asString(), each.get("id").asString());
                    }
                    return made.containsKey("letter") && made.containsKey("letterToReplay");
                });
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void it_is_openapi_3_1_and_names_all_that_the_service_answers_and_no_more() {
        assertThat(description.get("openapi").asString()).startsWith("3.1");
        Set<String> answered = new HashSet<>();
        stack.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping ->
                        mapping.getPatternValues().stream()
                                .filter(path -> path.startsWith("/api/"))
                                .forEach(path ->
                                        mapping.getMethodsCondition()
                                                .getMethods()
                                                .forEach(m -> answered.add(m + " " + bare(path)))));
        Set<String> described = new HashSet<>();
        operations()
                .forEach((name, _) ->
                        described.add(
                                name.substring(0, name.indexOf(' '))
                                        + " "
                                        + bare(name.substring(name.indexOf(' ') + 1))));

        assertThat(described).isEqualTo(answered);
    }

    @TestFactory
    List<DynamicTest> every_example_is_answered_as_described() {
        List<DynamicTest> tests = new ArrayList<>();
        Map<String, JsonNode> operations = operations();
        // What takes away comes last.
        operations.forEach((name, operation) -> {
            if (!name.startsWith("DELETE")) {
                tests.add(DynamicTest.dynamicTest(name, () -> run(name, operation)));
            }
        });
        operations.forEach((name, operation) -> {
            if (name.startsWith("DELETE")
                    && !operation.get("operationId").asString().equals("delete")) {
                tests.add(DynamicTest.dynamicTest(name, () -> run(name, operation)));
            }
        });
        operations.forEach((name, operation) -> {
            if (operation.get("operationId").asString().equals("delete")) {
                tests.add(DynamicTest.dynamicTest(name, () -> run(name, operation)));
            }
        });
        return tests;
    }

    private static void run(String name, JsonNode operation) {
        HttpMethod method = HttpMethod.valueOf(name.substring(0, name.indexOf(' ')));
        UriComponentsBuilder address =
                UriComponentsBuilder.fromPath(name.substring(name.indexOf(' ') + 1));
        Map<String, String> inPath = new HashMap<>();
        Map<String, String> headers = new LinkedHashMap<>();
        for (JsonNode each : parameters(name, operation)) {
            if (!each.has("example")) {
                assertThat(each.path("required").asBoolean(false))
                        .as("%s: %s has no example", name, each.get("name"))
                        .isFalse();
                continue;
            }
            String value = filled(each.get("example").asString());
            switch (each.get("in").asString()) {
                case "path" -> inPath.put(each.get("name").asString(), value);
                case "header" -> headers.put(each.get("name").asString(), value);
                default -> address.queryParam(each.get("name").asString(), value);
            }
        }
        String path = address.buildAndExpand(inPath).toUriString();
        boolean open = operation.has("security") && operation.get("security").isEmpty();
        Answer answer =
                stack.send(method, path, open ? null : Stack.KEY, body(name, operation), headers);

        String status = Integer.toString(answer.status());
        List<String> successes =
                operation.get("responses").propertyNames().stream()
                        .filter(code -> code.startsWith("2"))
                        .toList();
        assertThat(status)
                .as(
                        "%s %s answered %s",
                        method, path, new String(answer.bytes(), StandardCharsets.UTF_8))
                .isEqualTo(successes.getFirst());
        JsonNode schema =
                operation.at("/responses/" + status + "/content/application~1json/schema");
        if (!schema.isMissingNode()) {
            assertFits(schema, answer);
        }
    }

    private static void assertFits(JsonNode schema, Answer answer) {
        ObjectNode whole = JsonMapper.shared().createObjectNode();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.setAll((ObjectNode) schema);
        whole.set("components", description.get("components"));
        assertThat(
                        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                                .getSchema(whole.toString(), InputFormat.JSON)
                                .validate(
                                        new String(answer.bytes(), StandardCharsets.UTF_8),
                                        InputFormat.JSON))
                .as("%s", answer.body())
                .isEmpty();
    }

    private static Object body(String name, JsonNode operation) {
        JsonNode content = operation.at("/requestBody/content");
        if (content.isMissingNode()) {
            return null;
        }
        String type = content.propertyNames().iterator().next();
        JsonNode examples = content.get(type).path("examples");
        assertThat(examples.size()).as(name + " has an example").isPositive();
        JsonNode example = examples.values().iterator().next().get("value");
        if (!type.startsWith("multipart")) {
            return example;
        }
        Form form = new Form();
        example.properties()
                .forEach(field -> {
                    String value = field.getValue().asString();
                    if (field.getKey().equals("file")) {
                        form.and("example.pdf", value.getBytes(StandardCharsets.UTF_8));
                    } else {
                        form.with(field.getKey(), value);
                    }
                });
        return form.parts();
    }

    private static List<JsonNode> parameters(String name, JsonNode operation) {
        List<JsonNode> all = new ArrayList<>();
        String path = name.substring(name.indexOf(' ') + 1);
        description.get("paths").get(path).path("parameters").forEach(all::add);
        operation.path("parameters").forEach(all::add);
        return all.stream()
                .map(each ->
                        each.has("$ref")
                                ? description.at(each.get("$ref").asString().substring(1))
                                : each)
                .toList();
    }

    private static String filled(String example) {
        String filled = example;
        for (var each : made.entrySet()) {
            filled = filled.replace("{" + each.getKey() + "}", each.getValue());
        }
        return filled;
    }

    /** By method and path, in the order of the description. */
    private static Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new LinkedHashMap<>();
        description
                .get("paths")
                .properties()
                .forEach(path -> {
                    for (String method : METHODS) {
                        if (path.getValue().has(method)) {
                            operations.put(
                                    method.toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                    path.getValue().get(method));
                        }
                    }
                });
        return operations;
    }

    private static String bare(String path) {
        return path.replaceAll("\\{[^}]*}", "{}");
    }
}
