package org.minutebook.ingest.web;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code GET /openapi.json}: the description of the API, kept beside the code as YAML. It is
 * written first and by hand, because forms are read as a stream, which no generator sees; a test
 * runs its examples and holds every answer against it.
 */
@RestController
class OpenApiController {

    private final byte[] description;

    OpenApiController(JsonMapper json) throws IOException {
        try (InputStream yaml =
                new ClassPathResource("org/minutebook/ingest/web/openapi.yaml").getInputStream()) {
            Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            description = json.writeValueAsBytes(read);
        }
    }

    @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] description() {
        return description;
    }
}
