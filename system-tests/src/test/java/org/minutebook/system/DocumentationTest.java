package org.minutebook.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documentation that points somewhere points at something. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentationTest {

    static Stream<Path> pages() {
        return Project.files(".md").stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_within_the_project_lead_somewhere(Path page) {
        List<String> dead = new ArrayList<>();
        for (String target : targets(page)) {
            URI link = URI.create(target);
            if (link.getScheme() != null) {
                continue;
            }
            String path =
                    link.getRawPath() == null
                            ? ""
                            : URLDecoder.decode(link.getRawPath(), StandardCharsets.UTF_8);
            Path file = path.isEmpty() ? page : page.resolveSibling(path).normalize();
            if (!Files.exists(file)
                    || link.getFragment() != null && !anchors(file).contains(link.getFragment())) {
                dead.add(target);
            }
        }
        assertThat(dead).as("dead links of %s", Project.name(page)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "ARCHITECTURE.md",
                "GLOSSARY.md",
                "CONTRIBUTING.md",
                "CHANGELOG.md",
                "docs/operations.md",
                "docs/segmentation.md",
                "docs/settings.md"
            })
    void the_page_is_there(String page) {
        assertThat(Project.ROOT.resolve(page)).isNotEmptyFile();
    }

    @Test
    void decisions_are_numbered_without_a_gap_and_say_what_came_of_them() {
        List<Path> decisions =
                pages().filter(page -> Project.name(page).startsWith("docs/decisions/0"))
                        .sorted()
                        .toList();
        assertThat(decisions).isNotEmpty();
        for (int i = 0; i < decisions.size(); i++) {
            assertThat(decisions.get(i).getFileName().toString())
                    .startsWith("%04d-".formatted(i + 1));
            assertThat(Project.read(decisions.get(i)))
                    .as(Project.name(decisions.get(i)))
                    .contains("## Context", "## Decision", "## Consequences");
        }
    }

    private static List<String> targets(Path page) {
        List<String> targets = new ArrayList<>();
        parse(page)
                .accept(
                        new AbstractVisitor() {
                            @Override
                            public void visit(Link link) {
                                targets.add(link.getDestination());
                                visitChildren(link);
                            }

                            @Override
                            public void visit(Image image) {
                                targets.add(image.getDestination());
                            }
                        });
        return targets;
    }

    /** Anchors as hosting sites make them: lower case, blanks to hyphens, no punctuation. */
    private static Set<String> anchors(Path page) {
        Set<String> anchors = new HashSet<>();
        parse(page)
                .accept(
                        new AbstractVisitor() {
                            @Override
                            public void visit(Heading heading) {
                                anchors.add(
                                        words(heading)
                                                .toLowerCase(Locale.ROOT)
                                                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                                                .replace(' ', '-'));
                            }
                        });
        return anchors;
    }

    private static String words(Node node) {
        StringBuilder words = new StringBuilder();
        node.accept(
                new AbstractVisitor() {
                    @Override
                    public void visit(Text text) {
                        words.append(text.getLiteral());
                    }

                    @Override
                    public void visit(Code code) {
                        words.append(code.getLiteral());
                    }
                });
        return words.toString();
    }

    private static Node parse(Path page) {
        return Parser.builder().build().parse(Project.read(page));
    }
}
