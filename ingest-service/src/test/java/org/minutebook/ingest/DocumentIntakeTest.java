package org.minutebook.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.ingest.DocumentIntake.DeletedMeanwhileException;
import org.minutebook.ingest.DocumentIntake.Intake;
import org.minutebook.ingest.DocumentIntake.Said;
import org.minutebook.store.DocumentStore.StoredContent;
import org.minutebook.store.FileSystemDocumentStore;
import org.springframework.util.unit.DataSize;

/** Two senders of the same bytes at once, in the orders in which their steps can come. */
class DocumentIntakeTest {

    private static final byte[] MINUTES = "Minutes of the meeting".getBytes(StandardCharsets.UTF_8);
    private static final Said SAID = new Said("minutes.pdf", Metadata.NONE, null, null);

    @TempDir private Path directory;
    private FileSystemDocumentStore store;
    private DocumentIntake intake;
    private boolean refused;

    @BeforeEach
    void open() {
        store = new FileSystemDocumentStore(directory);
        intake =
                new DocumentIntake(
                        store,
                        new Turns(),
                        new Backlog(store, Clock.systemUTC()),
                        _ -> refused,
                        new IngestSettings(
                                List.of(),
                                DataSize.ofMegabytes(1),
                                DataSize.ofMegabytes(1),
                                DataSize.ofBytes(0),
                                1,
                                1,
                                DataSize.ofBytes(0)),
                        Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void bytes_that_another_sender_took_away_again_do_not_become_a_document() {
        StoredContent ofOneWhoBreaksOff = keep();
        StoredContent content = keep();
        intake.forget(ofOneWhoBreaksOff);

        assertThatThrownBy(() -> intake.record(content, SAID))
                .isInstanceOf(DeletedMeanwhileException.class);
        assertThat(store.record(DocumentId.of(content.hash()))).isEmpty();
    }

    @Test
    void what_was_taken_away_is_taken_in_when_it_is_sent_again() {
        intake.forget(keep());

        assertThat(intake.record(keep(), SAID)).isInstanceOf(Intake.Accepted.class);
    }

    @Test
    void a_sender_who_breaks_off_takes_no_bytes_from_a_document() {
        StoredContent ofOneWhoBreaksOff = keep();
        intake.record(keep(), SAID);
        intake.forget(ofOneWhoBreaksOff);

        assertThat(store.local(ofOneWhoBreaksOff.hash())).isPresent();
    }

    @Test
    void a_refused_document_is_read_again_under_a_name_that_promises_another_kind_of_file() {
        refused = true;
        StoredDocument first = intake.record(keep(), SAID).document();

        Intake again = intake.record(keep(), named("minutes.txt"));

        assertThat(again).isInstanceOf(Intake.Accepted.class);
        assertThat(again.document().names()).containsExactly("minutes.pdf", "minutes.txt");
        assertThat(again.document().name()).isEqualTo("minutes.txt");
        assertThat(first.revision().isOlderThan(again.document().revision())).isTrue();
        assertThat(intake.record(keep(), named("copy.TXT"))).isInstanceOf(Intake.Known.class);
    }

    @Test
    void a_document_that_was_read_stays_as_it_is_under_any_other_name() {
        intake.record(keep(), SAID);

        Intake again = intake.record(keep(), named("minutes.txt"));

        assertThat(again).isInstanceOf(Intake.Known.class);
        assertThat(again.document().names()).containsExactly("minutes.pdf");
    }

    private static Said named(String name) {
        return new Said(name, Metadata.NONE, null, null);
    }

    private StoredContent keep() {
        return intake.keep(new ByteArrayInputStream(MINUTES));
    }
}
