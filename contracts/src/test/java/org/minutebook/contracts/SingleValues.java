package org.minutebook.contracts;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonValue;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Records that stand in JSON as their one value, and dates and times as text. */
final class SingleValues implements CustomDefinitionProviderV2 {

    private static final Map<Class<?>, String> FORMATS =
            Map.of(Instant.class, "date-time", LocalDate.class, "date", LocalTime.class, "time");

    @Override
    public @Nullable CustomDefinition provideCustomSchemaDefinition(
            ResolvedType type, SchemaGenerationContext context) {
        ObjectNode schema = context.getGeneratorConfig().createObjectNode();
        String format = FORMATS.get(type.getErasedType());
        if (format != null) {
            // A local time has no offset, so it is not RFC 3339's "time".
            schema.put("type", "string");
            if (!format.equals("time")) {
                schema.put("format", format);
            }
            return inline(schema);
        }
        RecordComponent[] components = type.getErasedType().getRecordComponents();
        if (components != null
                && components.length == 1
                && components[0].getAccessor().isAnnotationPresent(JsonValue.class)) {
            schema.put("type", components[0].getType() == long.class ? "integer" : "string");
            return inline(schema);
        }
        return null;
    }

    private static CustomDefinition inline(ObjectNode schema) {
        return new CustomDefinition(
                schema,
                CustomDefinition.DefinitionType.INLINE,
                CustomDefinition.AttributeInclusion.YES);
    }
}
