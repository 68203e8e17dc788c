package org.minutebook.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TraceContextTest {

    private final DocumentId document = new DocumentId("0123456789abcdef0123456789abcdef");
    private final TraceContext upload = TraceContext.of(document, new Revision(7));

    @Test
    void the_trace_of_a_document_has_its_id() {
        assertThat(upload.traceId()).isEqualTo(document.value());
        assertThat(upload.next("extract").traceId()).isEqualTo(document.value());
    }

    @Test
    void a_repeated_step_is_the_same_and_another_is_not() {
        assertThat(upload.next("extract"))
                .isEqualTo(TraceContext.of(document, new Revision(7)).next("extract"))
                .isNotEqualTo(upload.next("index"))
                .isNotEqualTo(TraceContext.of(document, new Revision(8)).next("extract"));
    }

    @Test
    void what_a_header_says_is_read_back() {
        assertThat(TraceContext.parse(upload.header())).contains(upload);
    }

    @Test
    void what_is_no_header_is_no_step() {
        assertThat(TraceContext.parse("nonsense")).isEmpty();
        assertThat(TraceContext.parse("")).isEmpty();
    }
}
