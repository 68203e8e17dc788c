package org.minutebook.extract.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.minutebook.extract.kafka.Broker.PATIENCE;
import static org.minutebook.extract.kafka.Broker.unique;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.minutebook.contracts.DeadLetterHeaders;

/** The delivery contract of a lane, promise by promise, on the real broker. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LaneIT {

    private static final Duration LINGER = Duration.ofMillis(200);

    private final Broker broker = new Broker();
    private final String in = unique("in");
    private final String out = unique("out");
    private final String group = unique("lane");
    private final List<Lane> lanes = new ArrayList<>();

    @BeforeEach
    void topics() {
        broker.topic(in, 2);
        broker.topic(in + "-dlt", 2);
        broker.topic(out, 2);
    }

    @AfterEach
    void stop() {
        lanes.forEach(Lane::stop);
        broker.close();
    }

    @Test
    void a_record_comes_out_once_and_its_offset_with_it() {
        start(this::copy);
        send("a", "b", "c");
        assertThat(committedValues("a", "b", "c")).containsExactly("a", "b", "c");
        assertThat(broker.offset(group, in, 0)).contains(3L);
    }

    @Test
    void results_keep_the_order_of_the_records_whichever_is_done_first() {
        CountDownLatch othersDone = new CountDownLatch(2);
        start(record -> {
            if (Broker.text(record).equals("long")) {
                awaitLatch(othersDone);
            } else {
                othersDone.countDown();
            }
            return copy(record);
        });
        send("long", "short", "shorter");
        assertThat(committedValues("long", "short", "shorter"))
                .containsExactly("long", "short", "shorter");
    }

    @Test
    void a_long_document_does_not_hold_up_another_partition() {
        CountDownLatch release = new CountDownLatch(1);
        start(record -> {
            if (Broker.text(record).equals("long")) {
                awaitLatch(release);
            }
            return copy(record);
        });
        broker.send(in, 0, "a", "long");
        broker.send(in, 1, "b", "short");
        assertThat(values(broker.awaitCommitted(out, 1))).containsExactly("short");
        release.countDown();
        assertThat(values(broker.awaitCommitted(out, 2))).contains("long", "short");
    }

    @Test
    void the_last_partition_waits_for_no_worker_that_is_busy_with_another() {
        CountDownLatch release = new CountDownLatch(1);
        start(
                record -> {
                    if (Broker.text(record).startsWith("bulk")) {
                        awaitLatch(release);
                    }
                    return copy(record);
                },
                new Clients(),
                1);
        IntStream.range(0, 8).forEach(i -> broker.send(in, 0, "bulk" + i, "bulk" + i));
        broker.send(in, 1, "a", "first");
        broker.send(in, 1, "b", "second");
        assertThat(values(broker.awaitCommitted(out, 2))).containsExactly("first", "second");
        release.countDown();
        broker.awaitCommitted(out, 10);
    }

    @Test
    void records_with_one_key_are_worked_on_one_at_a_time_and_in_order() {
        Map<String, AtomicInteger> atOnce = new ConcurrentHashMap<>();
        AtomicInteger most = new AtomicInteger();
        start(record -> {
            AtomicInteger mine = atOnce.computeIfAbsent(record.key(), key -> new AtomicInteger());
            most.accumulateAndGet(mine.incrementAndGet(), Math::max);
            Thread.yield();
            mine.decrementAndGet();
            return copy(record);
        });
        IntStream.range(0, 40).forEach(i -> broker.send(in, 0, "key" + i % 2, "v" + i));
        assertThat(values(broker.awaitCommitted(out, 40)))
                .containsExactlyElementsOf(IntStream.range(0, 40).mapToObj(i -> "v" + i).toList());
        assertThat(most).hasValue(1);
    }

    @Test
    void what_is_away_pauses_the_lane_at_the_same_offset_until_it_is_back() {
        AtomicBoolean away = new AtomicBoolean(true);
        AtomicInteger tries = new AtomicInteger();
        start(record -> {
            tries.incrementAndGet();
            return away.get()
                    ? new Outcome.Retried(new IllegalStateException("away"))
                    : copy(record);
        });
        send("a", "b");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(tries).hasValueGreaterThan(3));
        assertThat(broker.offset(group, in, 0)).isEmpty();
        assertThat(broker.committed(out)).isEmpty();
        away.set(false);
        assertThat(committedValues("a", "b")).containsExactly("a", "b");
    }

    @Test
    void what_was_finished_beside_a_record_that_waits_is_not_done_again() {
        AtomicBoolean away = new AtomicBoolean(true);
        Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
        start(record -> {
            String value = Broker.text(record);
            tries.computeIfAbsent(value, v -> new AtomicInteger()).incrementAndGet();
            return value.equals("waits") && away.get()
                    ? new Outcome.Retried(new IllegalStateException("away"))
                    : copy(record);
        });
        send("first", "waits");
        assertThat(values(broker.awaitCommitted(out, 1))).containsExactly("first");
        away.set(false);
        assertThat(values(broker.awaitCommitted(out, 2))).containsExactly("first", "waits");
        assertThat(tries.get("first")).hasValue(1);
    }

    @Test
    void a_bug_costs_one_record_which_is_kept_as_it_was() {
        start(record -> {
            if (Broker.text(record).equals("bad")) {
                throw new IllegalStateException("a bug");
            }
            return copy(record);
        });
        ProducerRecord<String, byte[]> bad =
                new ProducerRecord<>(in, 0, "k", "bad".getBytes(UTF_8));
        bad.headers().add("ce_type", "something".getBytes(UTF_8));
        send("good");
        broker.send(bad);
        send("better");

        assertThat(committedValues("good", "better")).containsExactly("good", "better");
        ConsumerRecord<String, byte[]> letter = broker.awaitCommitted(in + "-dlt", 1).getFirst();
        assertThat(Broker.text(letter)).isEqualTo("bad");
        assertThat(letter.key()).isEqualTo("k");
        assertThat(Broker.header(letter, "ce_type")).isEqualTo("something");
        assertThat(Broker.header(letter, DeadLetterHeaders.TOPIC)).isEqualTo(in);
        assertThat(Broker.header(letter, DeadLetterHeaders.PARTITION)).isEqualTo("0");
        assertThat(Broker.header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("1");
        assertThat(Broker.header(letter, DeadLetterHeaders.CAUSE)).contains("a bug");
        assertThat(Broker.header(letter, DeadLetterHeaders.STACK_TRACE)).contains("LaneIT");
        assertThat(broker.offset(group, in, 0)).contains(3L);
    }

    @Test
    void a_failure_before_the_commit_leaves_nothing_and_the_work_is_done_again() {
        AtomicInteger commits = new AtomicInteger();
        AtomicInteger tries = new AtomicInteger();
        Clients clients = new Clients();
        clients.onCommit =
                commit -> {
                    if (commits.getAndIncrement() == 0) {
                        throw new TimeoutException("the broker died before the commit");
                    }
                    commit.run();
                };
        start(
                record -> {
                    tries.incrementAndGet();
                    return copy(record);
                },
                clients);
        send("a");
        assertThat(committedValues("a")).containsExactly("a");
        assertThat(tries).hasValue(2);
    }

    @Test
    void a_failure_after_the_commit_does_not_send_twice() {
        AtomicInteger commits = new AtomicInteger();
        Clients clients = new Clients();
        clients.onCommit =
                commit -> {
                    commit.run();
                    if (commits.getAndIncrement() == 0) {
                        throw new TimeoutException("the answer was lost");
                    }
                };
        start(this::copy, clients);
        send("a");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(commits).hasValue(1));
        send("b");
        assertThat(committedValues("a", "b")).containsExactly("a", "b");
    }

    @Test
    void a_lane_that_stops_in_the_middle_is_followed_without_loss_or_repeat() {
        CountDownLatch begun = new CountDownLatch(1);
        Lane first =
                start(record -> {
                    if (Broker.text(record).equals("b")) {
                        begun.countDown();
                        awaitLatch(new CountDownLatch(1)); // until it is interrupted
                    }
                    return copy(record);
                });
        send("a", "b", "c");
        awaitLatch(begun);
        first.stop();
        start(this::copy);
        assertThat(committedValues("a", "b", "c")).containsExactly("a", "b", "c");
    }

    @Test
    void work_longer_than_the_poll_interval_does_not_cost_the_membership() {
        CountDownLatch release = new CountDownLatch(1);
        Clients clients = new Clients();
        clients.consumerSettings.put("max.poll.interval.ms", 1_000);
        AtomicInteger tries = new AtomicInteger();
        start(
                record -> {
                    tries.incrementAndGet();
                    awaitLatch(release);
                    return copy(record);
                },
                clients);
        send("long");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(tries).hasValue(1));
        await().during(Duration.ofMillis(2_500))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tries).hasValue(1));
        release.countDown();
        assertThat(committedValues("long")).containsExactly("long");
        assertThat(tries).hasValue(1);
    }

    @Test
    void a_partition_pauses_while_enough_is_under_way() {
        CountDownLatch release = new CountDownLatch(1);
        Clients clients = new Clients();
        start(
                record -> {
                    awaitLatch(release);
                    return copy(record);
                },
                clients);
        IntStream.range(0, 60).forEach(i -> broker.send(in, 0, "k" + i, "v" + i));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(clients.polled).hasValueGreaterThan(7));
        await().during(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(clients.polled).hasValueLessThan(2 * 8));
        release.countDown();
        broker.awaitCommitted(out, 60);
    }

    private Outcome copy(ConsumerRecord<String, byte[]> record) {
        return new Outcome.Done(
                List.of(
                        new ProducerRecord<>(
                                out, record.partition(), record.key(), record.value())));
    }

    private void send(String... values) {
        for (String value : values) {
            broker.send(in, 0, value, value);
        }
    }

    private List<String> committedValues(String... expected) {
        return values(broker.awaitCommitted(out, expected.length));
    }

    private static List<String> values(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream().map(Broker::text).toList();
    }

    private Lane start(Work work) {
        return start(work, new Clients());
    }

    private Lane start(Work work, Clients clients) {
        return start(work, clients, 0);
    }

    private Lane start(Work work, Clients clients, int spare) {
        Lane lane =
                new Lane(
                        group,
                        in,
                        work,
                        clients,
                        new DeadLetters(Clock.systemUTC()),
                        new Lane.Limits(2, spare, 8, 50, LINGER));
        lanes.add(lane);
        lane.start();
        return lane;
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Real clients, with a place to fail at and a look at what is polled. */
    private final class Clients implements Lane.Clients {

        private final Map<String, Object> consumerSettings =
                new HashMap<>(broker.consumers().getConfigurationProperties());
        private final AtomicInteger polled = new AtomicInteger();
        private java.util.function.Consumer<Runnable> onCommit = Runnable::run;

        @Override
        public Consumer<String, byte[]> consumer() {
            consumerSettings.put("group.id", group);
            consumerSettings.put("group.instance.id", group + "-one");
            consumerSettings.put("max.poll.records", 8);
            consumerSettings.put("interceptor.classes", List.of(Polled.class));
            consumerSettings.put("polled", polled);
            return new KafkaConsumer<>(consumerSettings);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Producer<String, byte[]> producer() {
            Map<String, Object> settings =
                    new HashMap<>(broker.producers().getConfigurationProperties());
            settings.put("transactional.id", group);
            Producer<String, byte[]> real = new KafkaProducer<>(settings);
            return (Producer<String, byte[]>)
                    Proxy.newProxyInstance(
                            getClass().getClassLoader(),
                            new Class<?>[] {Producer.class},
                            (proxy, method, arguments) -> {
                                if (method.getName().equals("commitTransaction")) {
                                    onCommit.accept(real::commitTransaction);
                                    return null;
                                }
                                try {
                                    return method.invoke(real, arguments);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
        }

        @Override
        public void createTopics() {}
    }

    /** Counts what a consumer hands out. */
    public static final class Polled implements ConsumerInterceptor<String, byte[]> {

        private AtomicInteger count = new AtomicInteger();

        @Override
        public void configure(Map<String, ?> settings) {
            count = (AtomicInteger) settings.get("polled");
        }

        @Override
        public ConsumerRecords<String, byte[]> onConsume(ConsumerRecords<String, byte[]> records) {
            count.addAndGet(records.count());
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {}
    }
}
