package org.minutebook.system;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom. ARCHITECTURE.md tells why. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BoundariesTest {

    private static final JavaClasses PRODUCT =
            new ClassFileImporter()
                    // Not what Spring writes at build time: it names the beans of all packages.
                    .withImportOption(location -> !location.contains("__"))
                    .importPaths(
                            Project.MODULES.stream()
                                    .map(module -> Project.ROOT.resolve(module + "/target/classes"))
                                    .toList());

    private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("org.minutebook..");

    @Test
    void every_module_was_looked_at() {
        assertThat(Project.MODULES)
                .allSatisfy(module ->
                        assertThat(Project.ROOT.resolve(module + "/target/classes"))
                                .isDirectoryRecursivelyContaining("glob:**.class"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "extract", "index", "search"})
    void a_service_knows_only_the_contracts_the_store_traces_and_manifests(String service) {
        classes()
                .that()
                .resideInAPackage("org.minutebook." + service + "..")
                .should()
                .onlyDependOnClassesThat(
                        DescribedPredicate.not(OURS)
                                .or(
                                        resideInAnyPackage(
                                                "org.minutebook." + service + "..",
                                                "org.minutebook.contracts..",
                                                "org.minutebook.store..",
                                                "org.minutebook.manifest..",
                                                "org.minutebook.traces..")))
                .check(PRODUCT);
    }

    @Test
    void manifests_are_read_at_intake_and_on_the_command_line_and_know_only_the_contracts() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.minutebook.manifest..",
                        "org.minutebook.ingest..",
                        "org.minutebook.local..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.minutebook.manifest..")
                .check(PRODUCT);
        classes()
                .that()
                .resideInAPackage("org.minutebook.manifest..")
                .should()
                .onlyDependOnClassesThat(
                        DescribedPredicate.not(OURS)
                                .or(
                                        resideInAnyPackage(
                                                "org.minutebook.manifest..",
                                                "org.minutebook.contracts..")))
                .check(PRODUCT);
    }

    @Test
    void the_store_knows_only_the_contracts() {
        classes()
                .that()
                .resideInAPackage("org.minutebook.store..")
                .should()
                .onlyDependOnClassesThat(
                        DescribedPredicate.not(OURS)
                                .or(
                                        resideInAnyPackage(
                                                "org.minutebook.store..",
                                                "org.minutebook.contracts..")))
                .check(PRODUCT);
    }

    /** Types only: no framework, no files, no network, no threads. */
    @Test
    void contracts_are_types_only() {
        classes()
                .that()
                .resideInAPackage("org.minutebook.contracts..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                "org.minutebook.contracts..",
                                "java.lang..",
                                "java.util",
                                "java.util.function",
                                "java.util.regex",
                                "java.util.stream",
                                "java.time..",
                                "java.text",
                                "java.nio.charset",
                                "java.security",
                                "com.fasterxml.jackson.annotation..",
                                "org.jspecify.annotations.."))
                .check(PRODUCT);
    }

    /** How lines become items can be tested without a broker or a server. */
    @ParameterizedTest
    @ValueSource(strings = {"pages", "formats", "text", "segmentation", "metadata", "ocr"})
    void the_steps_of_extraction_know_no_broker_and_no_framework(String step) {
        noClasses()
                .that()
                .resideInAPackage("org.minutebook.extract." + step + "..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                        "org.springframework..",
                                        "org.apache.kafka..",
                                        "org.minutebook.extract.kafka..",
                                        "org.minutebook.store..")
                                // DataSize, a value as Duration is one.
                                .and(not(resideInAPackage("org.springframework.util.unit"))))
                .check(PRODUCT);
    }

    /** Documents of strangers are read in extraction and in the process that draws pictures. */
    @Test
    void the_search_service_itself_opens_no_pdf() {
        noClasses()
                .that()
                .resideInAPackage("org.minutebook.search..")
                .and()
                .resideOutsideOfPackage("org.minutebook.search.pictures.drawing..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.pdfbox..", "javax.imageio.."))
                .check(PRODUCT);
        noClasses()
                .that()
                .resideInAPackage("org.minutebook.search.pictures.drawing..")
                .should()
                .dependOnClassesThat(
                        OURS.and(not(resideInAPackage("org.minutebook.search.pictures.drawing.."))))
                .check(PRODUCT);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("org.minutebook.(**)").should().beFreeOfCycles().check(PRODUCT);
    }

    @Test
    void names_say_what_differs_or_what_is_done() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helpers?|Manager|Dto|DTO)(\\$.*)?")
                .check(PRODUCT);
    }

    @Test
    void fields_are_final_or_private_and_never_injected() {
        noFields()
                .should()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .check(PRODUCT);
        fields().that().arePublic().should().beFinal().check(PRODUCT);
    }

    @Test
    void nothing_waits_for_a_time_that_could_wait_for_a_condition() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(PRODUCT);
    }

    @Test
    void every_package_says_what_it_is_and_is_null_marked() {
        List<String> silent =
                Project.files(".java").stream()
                        .filter(file -> file.toString().contains("/src/main/java/"))
                        .map(Path::getParent)
                        .distinct()
                        .filter(folder -> !saysWhatItIs(folder.resolve("package-info.java")))
                        .map(Project::name)
                        .collect(Collectors.toList());
        assertThat(silent).isEmpty();
    }

    private static boolean saysWhatItIs(Path packageInfo) {
        if (!Files.exists(packageInfo)) {
            return false;
        }
        String text = Project.read(packageInfo);
        return text.contains("@NullMarked") && text.contains("/**");
    }
}
