package org.minutebook.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What stands under {@code deploy} for containers and clusters fits the services. */
class DeploymentFilesTest {

    private static final Pattern VARIABLE = Pattern.compile("\\bMINUTEBOOK_[A-Z0-9_]+\\b");
    private static final Pattern SETTING = Pattern.compile("(?m)^\\| `(minutebook\\.[^`]+)`");

    private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (\\w+)$");
    private static final Pattern HEADING = Pattern.compile("(?m)^### (\\w+)$");

    static Stream<Path> manifests() {
        return Project.files(".yaml").stream()
                .filter(file -> Project.name(file).matches("deploy/(compose|kubernetes)/.*"));
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void every_file_can_be_read(Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Iterable<Object> documents =
                new Yaml(new SafeConstructor(options)).loadAll(Project.read(file));
        assertThat(documents).isNotEmpty().doesNotContainNull();
    }

    /** A variable that no service reads would be a setting that silently does nothing. */
    @ParameterizedTest
    @MethodSource("manifests")
    void every_setting_given_is_one_that_a_service_reads(Path file) {
        Set<String> known =
                SETTING.matcher(Project.read(Project.ROOT.resolve("docs/settings.md")))
                        .results()
                        .map(found -> variable(found.group(1)))
                        .collect(Collectors.toSet());
        List<String> given =
                VARIABLE.matcher(Project.read(file)).results().map(found -> found.group()).toList();
        assertThat(known).isNotEmpty().containsAll(given);
    }

    /** Who is called at night needs to know what to do. */
    @Test
    void every_alert_rule_has_a_run_book() {
        List<String> rules =
                ALERT.matcher(Project.read(Project.ROOT.resolve("deploy/grafana/alerts.yaml")))
                        .results()
                        .map(found -> found.group(1))
                        .toList();
        Set<String> runBooks =
                HEADING.matcher(Project.read(Project.ROOT.resolve("docs/operations.md")))
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toSet());

        assertThat(rules).isNotEmpty();
        assertThat(runBooks).containsAll(rules);
    }

    /** As Spring Boot binds a setting from the environment: dots to underscores, no hyphens. */
    private static String variable(String setting) {
        return setting.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
