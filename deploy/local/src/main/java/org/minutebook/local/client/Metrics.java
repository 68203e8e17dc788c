package org.minutebook.local.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service says of itself at {@code /actuator/prometheus}. */
public final class Metrics {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    /** Prometheus' text format: name, labels, value. */
    private static final Pattern SAMPLE = Pattern.compile("([\\w:]+)(?:\\{(.*)})? (\\S+)");

    private final Service service;

    /**
     * Talks to a service.
     *
     * @param name of the service, for messages
     * @param address its base address
     */
    public Metrics(String name, URI address) {
        this.service = new Service(name, address);
    }

    /**
     * What it says now.
     *
     * @throws AwayException if there is no answer
     */
    public Reading read() {
        HttpRequest request =
                HttpRequest.newBuilder(service.at("/actuator/prometheus"))
                        .timeout(ANSWER_LIMIT)
                        .GET()
                        .build();
        return Reading.of(service.text(request));
    }

    private record Sample(String name, String labels, double value) {}

    /** All numbers of one moment. */
    public static final class Reading {

        private final List<Sample> samples;

        private Reading(List<Sample> samples) {
            this.samples = samples;
        }

        /** Reads the text format; lines that are something else say nothing. */
        static Reading of(String text) {
            List<Sample> samples = new ArrayList<>();
            for (String line : text.lines().toList()) {
                Matcher sample = SAMPLE.matcher(line);
                if (sample.matches()) {
                    value(sample.group(3))
                            .ifPresent(value ->
                                    samples.add(
                                            new Sample(
                                                    sample.group(1),
                                                    sample.group(2) == null ? "" : sample.group(2),
                                                    value)));
                }
            }
            return new Reading(samples);
        }

        /** A number; what is not known yet is told as NaN. */
        private static OptionalDouble value(String text) {
            try {
                double value = Double.parseDouble(text);
                return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
            } catch (NumberFormatException e) {
                return OptionalDouble.empty();
            }
        }

        /** The sum of a metric over all its labels; 0 where nothing is known of it. */
        public long sum(String metric) {
            return sum(metric, "");
        }

        /** How many records of a topic its consumers here have not fetched yet. */
        public long waiting(String topic) {
            return sum("kafka_consumer_fetch_manager_records_lag", "topic=\"" + topic + '"');
        }

        /** How many documents came to a state since the service started, by its metric's name. */
        public long documents(String state) {
            return sum("minutebook_documents_total", "state=\"" + state + '"');
        }

        /**
         * How long one of a timer's took on the average, in milliseconds; 0 where there was none.
         */
        public long meanMillis(String timer) {
            double count = total(timer + "_seconds_count", "");
            return count == 0 ? 0 : Math.round(total(timer + "_seconds_sum", "") / count * 1000);
        }

        private long sum(String metric, String label) {
            return Math.round(total(metric, label));
        }

        private double total(String metric, String label) {
            return samples.stream()
                    .filter(sample ->
                            sample.name().equals(metric) && sample.labels().contains(label))
                    .mapToDouble(Sample::value)
                    .sum();
        }
    }
}
