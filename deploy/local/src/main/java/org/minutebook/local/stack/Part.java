package org.minutebook.local.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.minutebook.embedded.EmbeddedServer;
import org.minutebook.embedded.Launch;

/** A part of the stack that runs as a process of its own. */
sealed interface Part permits Part.Server, Service {

    /** Its name, as in {@code status} and in the name of its log. */
    String name();

    /** The ports it opens. */
    List<Integer> ports();

    /** Where clients reach it. */
    String address();

    /**
     * Longest time from its start until it is ready. Many times what it takes, for a machine that
     * is busy: a part that ends is noticed at once, the limit is for one that hangs.
     */
    Duration startLimit();

    /** Names of the parts that must be ready before it is started. */
    Set<String> needs();

    /** Version of the program that would be started now. */
    String version();

    /** Writes its settings and says how to start it. */
    Launch launch() throws IOException;

    /** Whether it takes requests now. */
    boolean isReady();

    /** Kafka or Elasticsearch. */
    record Server(
            String name,
            List<Integer> ports,
            String address,
            EmbeddedServer server,
            DataFolder data)
            implements Part {

        private static final Duration START_LIMIT = Duration.ofMinutes(5);

        public Server {
            ports = List.copyOf(ports);
        }

        @Override
        public Duration startLimit() {
            return START_LIMIT;
        }

        @Override
        public Set<String> needs() {
            return Set.of();
        }

        @Override
        public String version() {
            return server.version();
        }

        @Override
        public Launch launch() throws IOException {
            Launch launch = server.prepare();
            return new Launch(
                    launch.name(),
                    launch.command(),
                    launch.environment(),
                    launch.directory(),
                    data.log(name));
        }

        @Override
        public boolean isReady() {
            return server.isReady();
        }
    }
}
