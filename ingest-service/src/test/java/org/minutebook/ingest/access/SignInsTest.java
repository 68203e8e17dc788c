package org.minutebook.ingest.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.ContentHash;
import org.minutebook.store.FileSystemDocumentStore;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SignInsTest {

    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-11-30T12:00:00Z"), ZoneOffset.UTC);
    private static final ContentHash KEY =
            ContentHash.of("a key for tests".getBytes(StandardCharsets.UTF_8));

    @TempDir private Path directory;
    private FileSystemDocumentStore store;

    @BeforeEach
    void open() {
        store = new FileSystemDocumentStore(directory.resolve("store"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_proof_counts_for_eight_hours_and_at_every_instance() {
        String proof = signIns(store, NOON, "Clerk:" + KEY).proof(KEY);

        assertThat(signIns(store, after(Duration.ZERO), "Clerk:" + KEY).find(proof))
                .hasValueSatisfying(key -> assertThat(key.name()).isEqualTo("Clerk"));
        assertThat(
                        signIns(store, after(Duration.ofHours(8).minusSeconds(1)), "Clerk:" + KEY)
                                .find(proof))
                .isPresent();
        assertThat(signIns(store, after(Duration.ofHours(8)), "Clerk:" + KEY).find(proof))
                .isEmpty();
    }

    @Test
    void a_proof_ends_with_its_key() {
        String proof = signIns(store, NOON, "Clerk:" + KEY).proof(KEY);

        assertThat(signIns(store, NOON, "Another:" + ContentHash.of(new byte[] {1})).find(proof))
                .isEmpty();
    }

    @Test
    void what_was_signed_elsewhere_or_changed_is_no_proof() {
        String elsewhere;
        try (FileSystemDocumentStore another =
                new FileSystemDocumentStore(directory.resolve("another store"))) {
            elsewhere = signIns(another, NOON, "Clerk:" + KEY).proof(KEY);
        }
        SignIns signIns = signIns(store, NOON, "Clerk:" + KEY);

        assertThat(signIns.find(elsewhere)).as("before anything was signed here").isEmpty();
        String proof = signIns.proof(KEY);

        assertThat(signIns.find(proof)).isPresent();
        assertThat(signIns.find(elsewhere)).isEmpty();
        String until = proof.split("\\.")[1];
        String later = Long.toString(Long.parseLong(until) + 1);
        for (String changed :
                List.of(
                        proof.replace(until, later),
                        proof + "A",
                        proof.substring(0, proof.length() - 1),
                        KEY.hex(),
                        "")) {
            assertThat(signIns.find(changed)).as(changed).isEmpty();
        }
    }

    private static Clock after(Duration time) {
        return Clock.offset(NOON, time);
    }

    private static SignIns signIns(FileSystemDocumentStore store, Clock clock, String key) {
        AccessKeys keys =
                new AccessKeys(
                        store,
                        new JsonMapper(),
                        clock,
                        new AccessSettings(null, 60, 60),
                        List.of(key));
        return new SignIns(store, keys, clock);
    }
}
