package org.minutebook.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Every message has a schema that is made from its record, a golden sample that fits it, and a
 * place in the AsyncAPI description.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MessageSchemasTest {

    private static final Path RESOURCES = Path.of("src/main/resources/org/minutebook/contracts");
    private static final JsonMapper JSON = new JsonMapper();

    static Stream<Topic<?>> topics() {
        return Topic.ALL.stream();
    }

    /** Writes what differs and fails that once, so that a change of a record is seen in review. */
    @ParameterizedTest
    @MethodSource("topics")
    void the_schema_of_a_message_is_made_from_its_record(Topic<?> topic) throws IOException {
        String made =
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schemaOf(topic)) + "\n";
        Path file = RESOURCES.resolve("schemas").resolve(topic.name() + ".json");
        String committed = Files.exists(file) ? Files.readString(file) : "";
        if (!committed.equals(made)) {
            Files.writeString(file, made);
        }
        assertThat(committed).as("%s, now written anew: look and commit", file).isEqualTo(made);
    }

    @ParameterizedTest
    @MethodSource("topics")
    void the_golden_sample_fits_the_schema(Topic<?> topic) {
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schemaOf(topic));
        assertThat(schema.validate(sample(topic))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void the_golden_sample_is_read_and_written_as_it_is(Topic<?> topic) {
        JsonNode sample = sample(topic);
        Object read = JSON.treeToValue(sample, topic.type());
        assertThat(JSON.writeValueAsString(read)).isEqualTo(JSON.writeValueAsString(sample));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void a_field_of_a_later_version_is_passed_over(Topic<?> topic) {
        ObjectNode later = (ObjectNode) sample(topic).deepCopy();
        later.put("fieldOfALaterVersion", true);
        for (JsonNode inner : later) {
            if (inner instanceof ObjectNode object) {
                object.put("fieldOfALaterVersion", true);
            }
        }
        assertThat((Object) JSON.treeToValue(later, topic.type()))
                .isEqualTo(JSON.treeToValue(sample(topic), topic.type()));
    }

    @Test
    void the_asyncapi_description_names_every_topic_with_its_schema_and_sample()
            throws IOException {
        JsonNode description =
                new YAMLMapper().readTree(Files.readString(RESOURCES.resolve("asyncapi.yaml")));
        List<String> addresses =
                description.get("channels").values().stream()
                        .map(channel -> channel.get("address").asString())
                        .toList();
        assertThat(addresses)
                .containsExactlyInAnyOrderElementsOf(
                        topics().flatMap(t -> Stream.of(t.name(), t.deadLetters())).toList());
        for (Topic<?> topic : Topic.ALL) {
            JsonNode message =
                    description.get("components").get("messages").values().stream()
                            .filter(m -> m.get("name").asString().equals(topic.eventType()))
                            .findFirst()
                            .orElseThrow();
            assertThat(message.get("payload").get("$ref").asString())
                    .isEqualTo("schemas/" + topic.name() + ".json");
        }
    }

    private static JsonNode schemaOf(Topic<?> topic) {
        SchemaGeneratorConfigBuilder config =
                new SchemaGeneratorConfigBuilder(
                                JSON, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                        .with(new JacksonSchemaModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE))
                        .with(Option.DEFINITIONS_FOR_ALL_OBJECTS)
                        .with(Option.NULLABLE_ARRAY_ITEMS_ALLOWED);
        config.forFields()
                .withNullableCheck(MessageSchemasTest::isNullable)
                .withRequiredCheck(field -> !isNullable(field));
        config.forTypesInGeneral().withCustomDefinitionProvider(new SingleValues());
        return new SchemaGenerator(config.build()).generateSchema(topic.type());
    }

    private static boolean isNullable(FieldScope field) {
        return field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static JsonNode sample(Topic<?> topic) {
        try {
            return JSON.readTree(
                    Files.readString(RESOURCES.resolve("samples").resolve(topic.name() + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
