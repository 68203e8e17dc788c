package org.minutebook.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for a stack of a test. */
final class FreePorts {

    private static final int LOWEST = 21000;
    private static final int HIGHEST = 30000;

    private FreePorts() {}

    /**
     * The first of so many ports in a row that are free now. Looked for from a place that is drawn:
     * two builds on one machine would else choose the same ones before either uses them.
     */
    static int first(int count) throws IOException {
        int rows = (HIGHEST - LOWEST) / count;
        int drawn = ThreadLocalRandom.current().nextInt(rows);
        for (int row = 0; row < rows; row++) {
            int first = LOWEST + (drawn + row) % rows * count;
            int free = 0;
            while (free < count && isFree(first + free)) {
                free++;
            }
            if (free == count) {
                return first;
            }
        }
        throw new IOException("no %d free ports in a row".formatted(count));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
