// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;

/** Strangers at one node that fill all that they can at once, each from an address of its own, until they are told. */
final class Onslaught implements AutoCloseable {

    /** With its head it takes two regions of a small heap. */
    private static final int LONG = (1 << 20) - 8;
    private static final int MANY = 1000;
    private static final int SOME = 100;
    private static final int PRIORITIES = 3;
    private static final int NUMBER_OFFSET = 20;
    private static final long AGAIN_NANOS = 200_000_000;

    private final String target;
    private final boolean tls;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<WirePeer> peers = new ConcurrentLinkedQueue<>();
    private final AtomicLong rounds = new AtomicLong();
    private volatile boolean over;

    /** So many of them, of which every fourth reads nothing. */
    Onslaught(String target, boolean tls, int strangers) {
        this.target = target;
        this.tls = tls;
        for (int i = 1; i <= strangers; i++) {
            int number = i;
            Thread thread = new Thread(() -> attack(number), "onslaught");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** How often one of them said all that it has to say. */
    long rounds() {
        return rounds.get();
    }

    private void attack(int number) {
        while (!over) {
            try (WirePeer peer = WirePeer.dial("127.20." + number + ".1", target, tls)) {
                peers.add(peer);
                peer.shakeHands("default", 1);
                if (number % 4 == 0) {
                    peer.stopReading();
                }
                for (long round = System.nanoTime(); !over && !peer.ended(); round += MANY) {
                    say(peer, number, round);
                    rounds.incrementAndGet();
                }
            } catch (IOException e) {
                // The node has no room for it, or has heard enough.
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
    }

    private static void say(WirePeer peer, int number, long round) throws IOException {
        List<byte[]> ids = WireFrames.anyIds(MANY);
        peer.send(WirePeer.IHAVE, WireFrames.announcement(ids));
        peer.send(WirePeer.IWANT, WireFrames.wanted(ids));
        peer.raw(AttackFrames.questions(MANY));
        peer.raw(AttackFrames.neighbours());
        for (int i = 0; i < SOME; i++) {
            peer.send(WirePeer.PING, new byte[Long.BYTES]);
            peer.send(WirePeer.GRAFT, new byte[1]);
        }
        for (int i = 0; i < MANY; i++) {
            byte[] numbered = WireFrames.message("numbered", 1, Long.BYTES);
            numbered[1] = (byte) (i % PRIORITIES);
            ByteBuffer.wrap(numbered).putLong(NUMBER_OFFSET, round + i / PRIORITIES);
            peer.send(WirePeer.GOSSIP, numbered);
        }
        for (int i = 0; i < PRIORITIES; i++) {
            byte[] message = WireFrames.message("long" + number, round + i, LONG);
            message[1] = (byte) i;
            peer.send(WirePeer.GOSSIP, message);
        }
        peer.flush();
    }

    @Override
    public void close() {
        over = true;
        try {
            for (Thread thread : threads) {
                for (WirePeer peer = peers.poll(); peer != null; peer = peers.poll()) {
                    peer.cut();
                }
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
