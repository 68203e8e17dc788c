package org.minutebook.search.web.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.minutebook.contracts.ContentHash;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The one stylesheet: that of govuk-frontend without the typeface and the crest, which are only for
 * the British government, and ours. Its name changes with its content, so that browsers keep it.
 */
@Controller
public class Stylesheet {

    private static final String GOVUK =
            "classpath*:/META-INF/resources/webjars/govuk-frontend/*/dist/govuk/govuk-frontend.min.css";
    private static final Pattern FONT_FACE =
            Pattern.compile("/\\*![^*]*Margaret Calvert[^*]*\\*/|@font-face\\{[^}]*}");

    /** Looked for once in each rule only: at every letter it would be an eighth of the start. */
    private static final Pattern CREST =
            Pattern.compile("(?<=[{}])[^{}]*+\\{[^{}]*govuk-crest\\.svg[^{}]*+}");

    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final String css;
    private final String path;

    Stylesheet() throws IOException {
        Resource[] found = new PathMatchingResourcePatternResolver().getResources(GOVUK);
        if (found.length != 1) {
            throw new IllegalStateException(
                    found.length + " stylesheets of govuk-frontend on the class path, expected 1");
        }
        String govuk = found[0].getContentAsString(StandardCharsets.UTF_8);
        govuk = FONT_FACE.matcher(govuk).replaceAll("");
        govuk = CREST.matcher(govuk).replaceAll("");
        govuk = govuk.replace("GDS Transport,arial", "system-ui,-apple-system,arial");
        css =
                govuk
                        + new ClassPathResource("org/minutebook/search/web/pages/minutebook.css")
                                .getContentAsString(StandardCharsets.UTF_8);
        String hash = ContentHash.of(css.getBytes(StandardCharsets.UTF_8)).hex();
        path = "/assets/" + hash.substring(0, 12) + ".css";
    }

    /** Its address. */
    public String path() {
        return path;
    }

    @GetMapping("/assets/{name}.css")
    ResponseEntity<String> css() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(FOR_EVER).cachePublic().immutable())
                .contentType(new MediaType("text", "css", StandardCharsets.UTF_8))
                .body(css);
    }
}
