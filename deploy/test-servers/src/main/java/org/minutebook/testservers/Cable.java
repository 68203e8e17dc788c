package org.minutebook.testservers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A cable to a server that a test can pull out and plug in again: a port of the loopback address
 * that passes connections on while it is plugged in, and breaks them off at once while it is not.
 * It begins pulled out.
 */
public final class Cable implements AutoCloseable {

    private final InetSocketAddress server;
    private final ServerSocket entrance;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger brokenOff = new AtomicInteger();
    private volatile boolean pluggedIn;

    /** A cable to a server. */
    public Cable(String host, int serverPort) {
        server = new InetSocketAddress(host, serverPort);
        try {
            entrance = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The port, always the same. */
    public int port() {
        return entrance.getLocalPort();
    }

    /** Lets connections through. */
    public void plugIn() {
        pluggedIn = true;
    }

    /** Breaks off all connections, and new ones until it is plugged in again. */
    public void pullOut() {
        pluggedIn = false;
        open.forEach(Cable::close);
    }

    /** How many connections somebody tried to make while it was pulled out. */
    public int brokenOff() {
        return brokenOff.get();
    }

    @Override
    public void close() {
        pullOut();
        close(entrance);
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                pass(entrance.accept());
            } catch (IOException e) {
                // Closed, or this one connection failed.
            }
        }
    }

    private void pass(Socket near) throws IOException {
        if (!pluggedIn) {
            brokenOff.incrementAndGet();
            near.close();
            return;
        }
        Socket far = new Socket();
        open.add(near);
        open.add(far);
        try {
            far.connect(server);
        } catch (IOException e) {
            near.close();
            throw e;
        }
        Thread.ofVirtual().start(() -> pass(near, far));
        Thread.ofVirtual().start(() -> pass(far, near));
        if (!pluggedIn) {
            pullOut(); // pulled out since it was asked
        }
    }

    private void pass(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // Either end is gone; the other one goes too.
        } finally {
            close(from);
            close(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(AutoCloseable end) {
        try {
            end.close();
        } catch (Exception e) {
            throw new IllegalStateException("a loopback socket cannot be closed", e);
        }
    }
}
