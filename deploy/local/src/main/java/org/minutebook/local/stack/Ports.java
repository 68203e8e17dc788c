package org.minutebook.local.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/**
 * The ports of one stack: a row of eight, all on the loopback address.
 *
 * @param first the search address; the others follow
 */
public record Ports(int first) {

    /** Where the row starts unless told otherwise. */
    public static final int DEFAULT = 8600;

    private static final int COUNT = 8;
    private static final int LARGEST = 65535;

    public Ports {
        if (first < 1 || first > LARGEST - COUNT + 1) {
            throw new StackException(
                    "Port %d: the first of %d ports lies between 1 and %d."
                            .formatted(first, COUNT, LARGEST - COUNT + 1));
        }
    }

    public int search() {
        return first;
    }

    public int ingest() {
        return first + 1;
    }

    public int extract() {
        return first + 2;
    }

    public int index() {
        return first + 3;
    }

    public int kafka() {
        return first + 4;
    }

    int kafkaController() {
        return first + 5;
    }

    public int elasticsearch() {
        return first + 6;
    }

    int elasticsearchTransport() {
        return first + 7;
    }

    /** Where the demonstration takes calls of a webhook; taken by no part of the stack. */
    public int demoWebhook() {
        return first + 8;
    }

    /** Where the demonstration takes e-mail. */
    public int demoMail() {
        return first + 9;
    }

    /** The next row of which all ports are free, to propose; this one where there is none. */
    Ports nextFree() {
        for (int next = first + 10; next + COUNT <= LARGEST; next += 10) {
            Ports row = new Ports(next);
            if (row.all().stream().allMatch(Ports::isFree)) {
                return row;
            }
        }
        return this;
    }

    private List<Integer> all() {
        return java.util.stream.IntStream.range(first, first + COUNT).boxed().toList();
    }

    /** Whether nobody listens on a port of the loopback address. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
