package org.minutebook.search.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.minutebook.contracts.AlertKey;
import org.minutebook.contracts.AlertMatched;
import org.minutebook.contracts.AlertSent;
import org.minutebook.contracts.AlertSent.Outcome;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.Subscription.Cadence;
import org.minutebook.contracts.Subscription.Channel;
import org.minutebook.contracts.Subscription.Contact;
import org.minutebook.contracts.Subscription.Filters;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.search.alerts.AlertSettings;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OutboxTest {

    private static final String AUCKLAND = "Pacific/Auckland";

    private final Watch clock = new Watch(Instant.parse("2026-11-04T10:00:00Z")); // Wednesday
    private final Map<SubscriptionId, Subscription> subscriptions = new HashMap<>();
    private final Outbox outbox = new Outbox(settings(Map.of()), clock);
    private int items;

    private static AlertSettings settings(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("minutebook.alerts", AlertSettings.class);
    }

    /** A clock that a test sets. */
    private static final class Watch extends Clock {
        private Instant now;

        Watch(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private Subscription subscription(Cadence cadence, String zone, Channel.Kind kind) {
        Subscription made =
                new Subscription(
                        SubscriptionId.random(),
                        "acre lane",
                        Filters.NONE,
                        new Channel(kind, "ada@example.org", null),
                        cadence,
                        zone,
                        Subscription.State.ACTIVE,
                        null,
                        Instant.EPOCH,
                        Instant.EPOCH);
        subscriptions.put(made.id(), made);
        return made;
    }

    private Subscription atOnce() {
        return subscription(Cadence.AT_ONCE, "Europe/London", Channel.Kind.EMAIL);
    }

    /** A match of an item in a document of its own. */
    private AlertMatched match(Subscription subscription) {
        items++;
        return match(subscription, "document " + items, items);
    }

    private AlertMatched match(Subscription subscription, String name, int item) {
        return match(subscription, name, item, null);
    }

    private AlertMatched match(
            Subscription subscription, String name, int item, @Nullable AlertKey formerly) {
        DocumentId document = DocumentId.of(ContentHash.of(name.getBytes()));
        return new AlertMatched(
                new AlertKey(subscription.id() + "." + "%032x".formatted(item)),
                formerly,
                subscription.id(),
                new Revision(1),
                new AlertMatched.InDocument(
                        document,
                        "Eldmarsh",
                        null,
                        LocalDate.of(2026, 11, 3),
                        null,
                        null,
                        null,
                        clock.instant(),
                        false),
                new AlertMatched.MatchedItem(
                        ItemId.of(document, "1", "Item " + item, 0),
                        "1",
                        null,
                        "Item " + item,
                        List.of(),
                        1,
                        1),
                List.of(),
                false,
                clock.instant());
    }

    /** What is due, written down as begun. */
    private List<Delivery> due() {
        List<Delivery> due = outbox.due(this::find, letters());
        due.forEach(delivery -> outbox.add(sent(delivery, Outcome.SENDING)));
        return due;
    }

    private Optional<Subscription> find(SubscriptionId id) {
        return Optional.ofNullable(subscriptions.get(id));
    }

    private List<Letter> letters() {
        return subscriptions.values().stream().flatMap(s -> Letter.of(s).stream()).toList();
    }

    private AlertSent sent(Delivery delivery, Outcome outcome) {
        int version = outbox.find(delivery.id()).map(AlertSent::version).orElse(0) + 1;
        return new AlertSent(
                delivery.id(),
                version,
                delivery.subscription().id(),
                delivery.keys(),
                outcome,
                delivery.digest(),
                version,
                null,
                null,
                clock.instant());
    }

    private void taken(Delivery delivery) {
        outbox.add(sent(delivery, Outcome.SENT));
        outbox.landed(delivery.id());
    }

    @Test
    void items_of_one_document_go_out_at_once_in_one_message() {
        Subscription subscription = atOnce();
        outbox.add(match(subscription, "minutes", 1));
        outbox.add(match(subscription, "minutes", 2));
        outbox.add(match(subscription, "other minutes", 3));
        assertThat(due())
                .hasSize(2)
                .allSatisfy(delivery -> assertThat(delivery.digest()).isFalse())
                .extracting(delivery -> delivery.alerts().size())
                .containsExactlyInAnyOrder(2, 1);
        assertThat(due()).isEmpty();
    }

    @Test
    void a_daily_digest_goes_out_the_next_morning_by_the_clock_of_the_subscriber() {
        outbox.add(match(subscription(Cadence.DAILY, "Europe/London", Channel.Kind.EMAIL)));
        outbox.add(match(subscription(Cadence.DAILY, AUCKLAND, Channel.Kind.EMAIL)));
        assertThat(due()).isEmpty();
        clock.now = Instant.parse("2026-11-04T17:59:59Z"); // 06:59:59 in Auckland
        assertThat(due()).isEmpty();
        clock.now = Instant.parse("2026-11-04T18:00:00Z");
        assertThat(due())
                .singleElement()
                .satisfies(delivery -> {
                    assertThat(delivery.subscription().timeZone()).isEqualTo(AUCKLAND);
                    assertThat(delivery.digest()).isTrue();
                });
        clock.now = Instant.parse("2026-11-05T06:59:59Z");
        assertThat(due()).isEmpty();
        clock.now = Instant.parse("2026-11-05T07:00:00Z");
        assertThat(due())
                .singleElement()
                .satisfies(delivery ->
                        assertThat(delivery.subscription().timeZone()).isEqualTo("Europe/London"));
    }

    @Test
    void a_digest_goes_out_at_the_same_local_time_when_the_clocks_change() {
        Subscription subscription =
                subscription(Cadence.DAILY, "Europe/London", Channel.Kind.EMAIL);
        clock.now = Instant.parse("2026-10-24T12:00:00Z"); // summer time until that night
        outbox.add(match(subscription));
        clock.now = Instant.parse("2026-10-25T06:59:59Z");
        assertThat(due()).isEmpty();
        clock.now = Instant.parse("2026-10-25T07:00:00Z");
        assertThat(due()).hasSize(1);
    }

    @Test
    void a_weekly_digest_gathers_until_monday_morning() {
        Subscription subscription =
                subscription(Cadence.WEEKLY, "Europe/London", Channel.Kind.EMAIL);
        outbox.add(match(subscription));
        clock.now = Instant.parse("2026-11-08T23:00:00Z"); // Sunday
        outbox.add(match(subscription));
        assertThat(due()).isEmpty();
        clock.now = Instant.parse("2026-11-09T07:00:00Z");
        assertThat(due())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.alerts()).hasSize(2));
    }

    @Test
    void what_is_over_the_cap_of_an_hour_comes_in_one_digest_when_the_hour_is_over() {
        Subscription subscription = atOnce();
        for (int i = 0; i < 20; i++) {
            outbox.add(match(subscription));
        }
        List<Delivery> first = due();
        assertThat(first).hasSize(20);
        first.forEach(this::taken);
        clock.now = clock.now.plus(Duration.ofMinutes(10));
        for (int i = 0; i < 7; i++) {
            outbox.add(match(subscription));
        }
        assertThat(due()).isEmpty();
        clock.now = clock.now.plus(Duration.ofMinutes(49));
        assertThat(due()).isEmpty();
        clock.now = clock.now.plus(Duration.ofMinutes(1));
        assertThat(due())
                .singleElement()
                .satisfies(delivery -> {
                    assertThat(delivery.digest()).isTrue();
                    assertThat(delivery.alerts()).hasSize(7);
                });
    }

    @Test
    void a_digest_of_very_much_comes_in_several_messages_whose_records_the_broker_takes() {
        Subscription subscription =
                subscription(Cadence.DAILY, "Europe/London", Channel.Kind.EMAIL);
        List<AlertMatched> matches = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            matches.add(match(subscription, "minutes " + i / 7, i));
        }
        matches.forEach(outbox::add);
        clock.now = clock.now.plus(Duration.ofDays(1));
        List<Delivery> digests = due();

        assertThat(digests).hasSize(40);
        assertThat(digests)
                .allSatisfy(digest -> {
                    assertThat(digest.alerts()).hasSizeBetween(1, 500);
                    assertThat(JsonMapper.shared().writeValueAsBytes(sent(digest, Outcome.SENDING)))
                            .hasSizeLessThan(900_000);
                });
        assertThat(digests.stream().flatMap(digest -> digest.keys().stream()))
                .doesNotHaveDuplicates()
                .hasSize(20_000);
        assertThat(due()).isEmpty();

        // After a restart, with some taken, some begun and some not written down.
        List<String> rest = digests.subList(10, 40).stream().map(Delivery::id).toList();
        Outbox after = new Outbox(settings(Map.of()), clock);
        java.util.Collections.shuffle(matches, new Random(7));
        matches.forEach(after::add);
        digests.subList(0, 10).forEach(digest -> after.add(sent(digest, Outcome.SENT)));
        digests.subList(10, 20).forEach(digest -> after.add(sent(digest, Outcome.SENDING)));
        List<Delivery> due = after.due(this::find, List.of());
        assertThat(due).extracting(Delivery::id).containsExactlyInAnyOrderElementsOf(rest);
        assertThat(due.stream().flatMap(digest -> digest.keys().stream()))
                .doesNotHaveDuplicates()
                .hasSize(15_000);
    }

    @Test
    void a_document_with_very_much_comes_in_several_messages_too() {
        Subscription subscription = atOnce();
        for (int i = 0; i < 501; i++) {
            outbox.add(match(subscription, "minutes", i));
        }
        assertThat(due()).extracting(delivery -> delivery.alerts().size()).containsExactly(500, 1);
    }

    @Test
    void one_subscriber_over_the_cap_does_not_hold_up_another() {
        Subscription busy = atOnce();
        for (int i = 0; i < 30; i++) {
            outbox.add(match(busy));
        }
        due().forEach(this::taken);
        outbox.add(match(atOnce()));
        assertThat(due()).hasSize(1);
    }

    @Test
    void an_alert_that_was_sent_is_not_sent_again_however_often_it_is_matched() {
        AlertMatched match = match(atOnce());
        outbox.add(match);
        due().forEach(this::taken);
        outbox.add(match);
        assertThat(due()).isEmpty();
        assertThat(outbox.knows(match)).isTrue();
    }

    @Test
    void whoever_reads_the_topics_in_another_order_comes_to_the_same() {
        Subscription subscription = atOnce();
        List<AlertMatched> matches = new ArrayList<>();
        List<AlertSent> sent = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            AlertMatched match = match(subscription);
            matches.add(match);
            outbox.add(match);
        }
        List<Delivery> deliveries = due();
        for (int i = 0; i < deliveries.size(); i++) {
            sent.add(outbox.find(deliveries.get(i).id()).orElseThrow());
            if (i % 2 == 0) {
                taken(deliveries.get(i));
                sent.add(outbox.find(deliveries.get(i).id()).orElseThrow());
            }
        }
        List<String> unsent =
                deliveries.stream()
                        .map(Delivery::id)
                        .filter(id -> outbox.find(id).orElseThrow().outcome() == Outcome.SENDING)
                        .sorted()
                        .toList();
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            Outbox other = new Outbox(settings(Map.of()), clock);
            List<Runnable> records = new ArrayList<>();
            matches.forEach(match -> records.add(() -> other.add(match)));
            sent.forEach(each -> records.add(() -> other.add(each)));
            java.util.Collections.shuffle(records, random);
            records.forEach(Runnable::run);
            assertThat(other.due(this::find, List.of()))
                    .extracting(Delivery::id)
                    .containsExactlyInAnyOrderElementsOf(unsent);
        }
    }

    @Test
    void a_delivery_that_was_begun_before_a_crash_has_the_same_name_and_the_same_alerts_after() {
        Subscription subscription = atOnce();
        AlertMatched one = match(subscription, "minutes", 1);
        AlertMatched two = match(subscription, "minutes", 2);
        outbox.add(one);
        Delivery begun = due().getFirst();
        AlertSent written = outbox.find(begun.id()).orElseThrow();

        Outbox after = new Outbox(settings(Map.of()), clock);
        after.add(two);
        after.add(one);
        after.add(written);
        List<Delivery> due = after.due(this::find, List.of());
        assertThat(due).hasSize(2);
        assertThat(due)
                .anySatisfy(delivery -> {
                    assertThat(delivery.id()).isEqualTo(begun.id());
                    assertThat(delivery.keys()).containsExactly(one.key());
                })
                .anySatisfy(delivery -> assertThat(delivery.keys()).containsExactly(two.key()));
    }

    @Test
    void nothing_is_sent_while_a_subscription_is_paused_and_nothing_once_it_is_gone() {
        Subscription paused = atOnce();
        subscriptions.put(paused.id(), paused.in(Subscription.State.PAUSED, null, clock.now));
        outbox.add(match(paused));
        assertThat(due()).isEmpty();
        subscriptions.put(paused.id(), paused);
        assertThat(due()).hasSize(1);

        Subscription ended = atOnce();
        AlertMatched match = match(ended);
        outbox.add(match);
        subscriptions.remove(ended.id());
        assertThat(due()).isEmpty();
        assertThat(outbox.knows(match)).isFalse();
    }

    @Test
    void the_log_is_forgotten_after_its_time_and_at_once_for_who_is_gone() {
        Subscription stays = atOnce();
        Subscription goes = atOnce();
        outbox.add(match(stays));
        outbox.add(match(goes));
        due().forEach(this::taken);
        subscriptions.remove(goes.id());
        Instant before = clock.now.minus(Duration.ofDays(730));
        assertThat(outbox.outdated(before, id -> Optional.ofNullable(subscriptions.get(id))))
                .extracting(AlertSent::subscription)
                .containsExactly(goes.id());
        assertThat(
                        outbox.outdated(
                                clock.now.plusSeconds(1),
                                id -> Optional.ofNullable(subscriptions.get(id))))
                .hasSize(2);
    }

    @Test
    void what_was_under_way_to_somebody_who_is_gone_is_forgotten_too() {
        Subscription goes = atOnce();
        outbox.add(match(goes));
        Delivery delivery = due().getFirst();
        outbox.landed(delivery.id());
        subscriptions.remove(goes.id());
        assertThat(due()).isEmpty();
        assertThat(outbox.outdated(Instant.EPOCH, this::find))
                .extracting(AlertSent::delivery)
                .containsExactly(delivery.id());
    }

    @Test
    void an_item_whose_meeting_date_becomes_known_is_not_told_again() {
        Subscription subscription = atOnce();
        AlertMatched undated = match(subscription, "minutes", 1);
        AlertMatched dated = match(subscription, "minutes", 2, undated.key());
        outbox.add(undated);
        Delivery told = due().getFirst();
        outbox.add(dated);
        assertThat(due()).isEmpty();
        taken(told);
        outbox.add(dated);
        assertThat(due()).isEmpty();
        assertThat(outbox.knows(dated)).isTrue();

        // After a restart, with the newer topic read first, and the older match kept no more.
        Outbox after = new Outbox(settings(Map.of()), clock);
        after.add(dated);
        after.add(outbox.find(told.id()).orElseThrow());
        assertThat(after.due(this::find, List.of())).isEmpty();
    }

    @Test
    void a_letter_is_sent_until_it_is_taken_and_no_longer_than_it_makes_sense() {
        Subscription asked = atOnce().in(Subscription.State.UNCONFIRMED, null, clock.now);
        subscriptions.put(asked.id(), asked);
        Delivery letter = due().getFirst();
        assertThat(letter.id()).isEqualTo("confirm_" + asked.id());
        assertThat(due()).isEmpty(); // it is being tried
        outbox.landed(letter.id());
        assertThat(due()).containsExactly(letter);

        Outbox after = new Outbox(settings(Map.of()), clock);
        after.add(outbox.find(letter.id()).orElseThrow());
        assertThat(after.due(this::find, letters())).containsExactly(letter);

        taken(letter);
        assertThat(due()).isEmpty();
        Outbox last = new Outbox(settings(Map.of()), clock);
        last.add(outbox.find(letter.id()).orElseThrow());
        assertThat(last.due(this::find, letters())).isEmpty();
        assertThat(last.lastTaken(asked.id())).isNull();
    }

    @Test
    void a_webhook_that_goes_on_before_its_notice_could_be_sent_has_none() {
        Subscription disabled =
                subscription(Cadence.AT_ONCE, "Europe/London", Channel.Kind.WEBHOOK)
                        .withContact(new Contact("clerk@example.org", Contact.Agreement.AGREED))
                        .in(Subscription.State.DISABLED, "status 503", clock.now);
        subscriptions.put(disabled.id(), disabled);
        Delivery notice = due().getFirst();
        assertThat(notice.channel()).isEqualTo(Channel.Kind.EMAIL);
        outbox.landed(notice.id());
        subscriptions.put(disabled.id(), disabled.activeFrom(clock.now));
        assertThat(due()).isEmpty();
        clock.now = clock.now.plusSeconds(60);
        subscriptions.put(
                disabled.id(), disabled.in(Subscription.State.DISABLED, "again", clock.now));
        assertThat(due()).extracting(Delivery::id).doesNotContain(notice.id()).hasSize(1);
    }

    @Test
    void the_age_of_the_oldest_unsent_grows_until_it_is_taken() {
        outbox.add(match(atOnce()));
        Delivery delivery = due().getFirst();
        clock.now = clock.now.plusSeconds(90);
        assertThat(outbox.oldestUnsent(this::find)).isEqualTo(Duration.ofSeconds(90));
        taken(delivery);
        assertThat(outbox.oldestUnsent(this::find)).isZero();
    }

    @Test
    void what_is_held_because_a_subscription_is_paused_or_disabled_is_not_late() {
        Subscription subscription = atOnce();
        outbox.add(match(subscription));
        outbox.landed(due().getFirst().id());
        clock.now = clock.now.plusSeconds(90);
        for (Subscription.State state :
                List.of(Subscription.State.PAUSED, Subscription.State.DISABLED)) {
            subscriptions.put(subscription.id(), subscription.in(state, null, clock.now));
            assertThat(outbox.oldestUnsent(this::find)).isZero();
        }
        subscriptions.put(subscription.id(), subscription);
        assertThat(outbox.oldestUnsent(this::find)).isEqualTo(Duration.ofSeconds(90));
    }
}
