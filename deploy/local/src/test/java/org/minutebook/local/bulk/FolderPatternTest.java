package org.minutebook.local.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FolderPatternTest {

    @Test
    void each_folder_says_what_the_pattern_names() {
        assertThat(of("{council}/{committee}", "Eldmarsh/Planning/2021/a.pdf"))
                .isEqualTo(Map.of("council", "Eldmarsh", "committee", "Planning"));
    }

    @Test
    void words_and_stars_stand_around_what_is_taken() {
        assertThat(
                        of(
                                "archive of {council}/*/{meetingDate} {kind}",
                                "archive of Eldmarsh/x/2021-03-04 minutes/a.pdf"))
                .isEqualTo(
                        Map.of(
                                "council", "Eldmarsh",
                                "meetingDate", "2021-03-04",
                                "kind", "minutes"));
    }

    @Test
    void a_folder_that_does_not_fit_says_nothing_and_neither_do_those_below() {
        assertThat(of("archive of {council}/{committee}", "Eldmarsh/Planning/a.pdf")).isEmpty();
    }

    @Test
    void the_file_itself_is_no_folder() {
        assertThat(of("{council}/{committee}", "Eldmarsh/a.pdf"))
                .isEqualTo(Map.of("council", "Eldmarsh"));
    }

    @Test
    void what_is_no_metadata_is_told() {
        assertThatThrownBy(() -> FolderPattern.of("{council}/{year}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{year}")
                .hasMessageContaining("{meetingDate}");
    }

    private static Map<String, String> of(String pattern, String file) {
        return FolderPattern.of(pattern).metadata(file);
    }
}
