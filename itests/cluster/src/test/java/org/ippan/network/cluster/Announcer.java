// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;

/**
 * An honest stranger that announces a message, sends it when it is asked for it, and announces the next one: whether
 * a node takes what it announces within 2 s.
 */
final class Announcer implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofSeconds(2);
    private static final String TOPIC = "honest";
    private static final int LENGTH = 100;
    private static final int SOLICITED = 1;
    private static final long LOOK_NANOS = 5_000_000;
    private static final byte[] NO_TREE = {2, 88};

    private final WirePeer peer;
    private final Set<Long> arrived = ConcurrentHashMap.newKeySet();
    private final AtomicInteger announced = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final Thread thread = new Thread(this::announceAll, "announcer");
    private volatile boolean pausing = true;
    private volatile boolean over;

    Announcer(IppanNode node) throws IOException {
        node.subscribe(TOPIC, message -> arrived.add(message.nonce()));
        peer = WirePeer.dial("127.200.0.9", Nodes.address(node), true);
        peer.shakeHands("default", 0);
        thread.start();
    }

    void go() {
        pausing = false;
    }

    /** Announces nothing from now on. What was announced last is still waited for. */
    void rest() {
        pausing = true;
    }

    int announced() {
        return announced.get();
    }

    int served() {
        return served.get();
    }

    private void announceAll() {
        try {
            peer.send(WirePeer.PRUNE, NO_TREE);
            for (long nonce = 1; !over; nonce++) {
                while (pausing && !over) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                announce(nonce);
            }
        } catch (IOException e) {
            // Everything after this is announced in vain: the count of what is served tells.
            announced.incrementAndGet();
        }
    }

    private void announce(long nonce) throws IOException {
        byte[] id = WireFrames.id("default", TOPIC, nonce, LENGTH);
        long begin = System.nanoTime();
        int asked = asked();
        peer.send(WirePeer.IHAVE, WireFrames.announcement(List.of(id)));
        peer.flush();
        while (asked() == asked && isEarly(begin)) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        if (asked() > asked) {
            byte[] body = WireFrames.message(TOPIC, nonce, LENGTH);
            peer.raw(ByteBuffer.allocate(8 + body.length)
                    .put(WireFrames.header(WirePeer.GOSSIP, SOLICITED, 0, body.length)).put(body).array());
        }
        while (!arrived.contains(nonce) && isEarly(begin)) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        if (arrived.contains(nonce)) {
            served.incrementAndGet();
        }
        announced.incrementAndGet();
    }

    private boolean isEarly(long begin) {
        return !over && System.nanoTime() - begin < WITHIN.toNanos();
    }

    /** Nothing else was ever announced, so each question is for that. */
    private int asked() {
        return peer.heard(WirePeer.IWANT) + peer.heard(WirePeer.GRAFT);
    }

    @Override
    public void close() {
        over = true;
        peer.cut();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
