package org.minutebook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What is handed to a Kubernetes cluster is what its API describes: no field that it does not know,
 * none missing that it needs, each of its type. The descriptions are those that the official client
 * is made from.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KubernetesManifestsTest {

    private static final Path KUBERNETES = Project.ROOT.resolve("deploy/kubernetes");

    /** Checks an object, and throws where it is not as its type is described. */
    private interface Schema {
        void check(JsonElement manifest) throws IOException;
    }

    private static final Map<String, Schema> SCHEMAS =
            Map.of(
                    "v1/ConfigMap", V1ConfigMap::validateJsonElement,
                    "v1/Service", V1Service::validateJsonElement,
                    "apps/v1/Deployment", V1Deployment::validateJsonElement,
                    "batch/v1/Job", V1Job::validateJsonElement,
                    "autoscaling/v2/HorizontalPodAutoscaler",
                            V2HorizontalPodAutoscaler::validateJsonElement,
                    "networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy::validateJsonElement,
                    "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement);

    @TempDir private Path folder;

    static Stream<Path> manifests() {
        return Project.files(".yaml").stream()
                .filter(file -> file.startsWith(KUBERNETES))
                .filter(file -> !file.endsWith("kustomization.yaml"));
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void every_manifest_is_as_the_api_describes_it(Path file) {
        assertThat(objects(Project.read(file)))
                .isNotEmpty()
                .allSatisfy(KubernetesManifestsTest::check);
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void an_overlay_as_it_is_applied_is_as_the_api_describes_it(String overlay) throws Exception {
        List<Map<String, Object>> objects = objects(rendered(overlay));

        assertThat(objects).allSatisfy(KubernetesManifestsTest::check);
        assertThat(names(objects, "Deployment"))
                .containsExactlyInAnyOrder(
                        "ingest-service", "extract-service", "index-service", "search-api");
        assertThat(names(objects, "Job")).containsExactly("topics");
        assertThat(names(objects, "Deployment"))
                .as("what is scaled, and what may not go all at once")
                .containsAll(names(objects, "HorizontalPodAutoscaler"))
                .containsAll(names(objects, "PodDisruptionBudget"))
                .containsAll(names(objects, "Service"));
    }

    /** The check itself: what it does not find cannot be relied on. */
    @Test
    void a_field_that_is_misspelt_missing_or_of_another_type_is_found() {
        String manifest = Project.read(KUBERNETES.resolve("base/search-api.yaml"));

        assertThat(objects(manifest)).allSatisfy(KubernetesManifestsTest::check);
        for (String broken :
                List.of(
                        manifest.replace("readOnlyRootFilesystem:", "readOnlyRootFileSystem:"),
                        manifest.replace("- name: search-api\n          image:", "- image:"),
                        manifest.replace("- configMapRef:", "  configMapRef:"))) {
            assertThat(broken).isNotEqualTo(manifest);
            assertThatThrownBy(() -> objects(broken).forEach(KubernetesManifestsTest::check))
                    .isInstanceOf(AssertionError.class);
        }
    }

    private static void check(Map<String, Object> object) {
        String type = object.get("apiVersion") + "/" + object.get("kind");
        Schema schema = SCHEMAS.get(type);
        assertThat(schema).as("a description of " + type).isNotNull();
        assertThatCode(() -> Objects.requireNonNull(schema).check(new Gson().toJsonTree(object)))
                .as(type)
                .doesNotThrowAnyException();
    }

    private static List<Map<String, Object>> objects(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Object object : new Yaml(new SafeConstructor(options)).loadAll(yaml)) {
            @SuppressWarnings("unchecked") // a manifest is an object; all else fails here
            Map<String, Object> fields = (Map<String, Object>) object;
            objects.add(fields);
        }
        return objects;
    }

    private static Set<String> names(List<Map<String, Object>> objects, String kind) {
        return objects.stream()
                .filter(object -> kind.equals(object.get("kind")))
                .map(object -> (Map<?, ?>) object.get("metadata"))
                .map(metadata -> String.valueOf(metadata.get("name")))
                .collect(Collectors.toSet());
    }

    /** As {@code kubectl apply -k} would send it. */
    private String rendered(String overlay) throws Exception {
        Path out = folder.resolve("out.yaml");
        Path errors = folder.resolve("errors.txt");
        Process process;
        try {
            process =
                    new ProcessBuilder(
                                    "kubectl",
                                    "kustomize",
                                    KUBERNETES.resolve("overlays").resolve(overlay).toString())
                            .redirectOutput(out.toFile())
                            .redirectError(errors.toFile())
                            .start();
        } catch (IOException e) {
            System.err.println("SKIPPED: overlays as they are applied; there is no kubectl");
            assumeTrue(false, "there is no kubectl");
            throw e;
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readString(out);
    }
}
