package org.minutebook.testservers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A cable to a server that a test can pull out and plug in again: a port of the loopback address
 * that passes connections on while it is plugged in, and breaks them off at once while it is not.
 * It can also be slow, or swallow everything without breaking off. It begins pulled out.
 */
public final class Cable implements AutoCloseable {

    private static final int PIECE = 64 << 10;

    private final InetSocketAddress server;
    private final ServerSocket entrance;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger brokenOff = new AtomicInteger();
    private volatile boolean pluggedIn;

    /** Guards the two below. */
    private final Lock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private boolean silent;
    private Duration delay = Duration.ZERO;

    /** A cable to a server, at a port that is free. */
    public Cable(String host, int serverPort) {
        this(0, host, serverPort);
    }

    /** A cable to a server, at a port. */
    public Cable(int port, String host, int serverPort) {
        server = new InetSocketAddress(host, serverPort);
        try {
            entrance = new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
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

    /** Lets nothing through any more and breaks nothing off, as a router that has died. */
    public void fallSilent() {
        change(true, Duration.ZERO);
    }

    /** Keeps everything back for a while before it goes on. */
    public void slowDown(Duration by) {
        change(false, by);
    }

    /** Ends silence and slowness; what was kept back goes on. */
    public void speedUp() {
        change(false, Duration.ZERO);
    }

    private void change(boolean toSilent, Duration toDelay) {
        lock.lock();
        try {
            silent = toSilent;
            delay = toDelay;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Until what has just come in may go on. */
    private void hold() throws InterruptedException {
        lock.lock();
        try {
            long left = delay.toNanos();
            while (!entrance.isClosed() && (silent || left > 0)) {
                if (silent) {
                    changed.await();
                    left = delay.toNanos();
                } else {
                    left = delay.isZero() ? 0 : changed.awaitNanos(left);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many connections somebody tried to make while it was pulled out. */
    public int brokenOff() {
        return brokenOff.get();
    }

    @Override
    public void close() {
        close(entrance);
        pullOut();
        speedUp();
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
            open.remove(near);
            open.remove(far);
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
            byte[] piece = new byte[PIECE];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                hold();
                out.write(piece, 0, read);
            }
        } catch (IOException e) {
            // Either end is gone; the other one goes too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
