// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;

/**
 * Strangers at nodes, in a process of their own: they attack while they are told to, and say afterwards how much they
 * did. Each has an identity of its own and is at an address of its own, in another /24 of loopback.
 */
public final class Attackers {

    static final String GO = "go";
    static final String REST = "rest";
    static final String READY = "READY";
    static final String RESTED = "RESTED";

    private static final int NETS = 250;
    private static final int CONNECT_MILLIS = 1000;
    private static final long UNTIL_OVER = 2000;
    private static final Duration TURN = Duration.ofMillis(100);
    /** For 600 s. */
    private static final byte[] NO_TREE = WireFrames.frame(WirePeer.PRUNE, new byte[] {2, 88});

    private final Attack attack;
    private final List<String> targets;
    private final Queue<WirePeer> peers = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final AtomicInteger addresses = new AtomicInteger();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean on;

    private Attackers(Attack attack, List<String> targets) {
        this.attack = attack;
        this.targets = targets;
    }

    /**
     * Attacks between two lines on its standard input, and ends with it.
     *
     * @param arguments name of the attack, then the addresses of nodes
     * @throws Exception if the first node is not there
     */
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        Attackers all = new Attackers(Attack.valueOf(words.get(0)), words.subList(1, words.size()));
        // So that the first attack does not load classes.
        all.stranger().ifPresent(WirePeer::cut);
        all.on = true;
        all.attack.prepare(all);
        System.out.println(READY);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            if (order.equals(GO)) {
                all.on = true;
                all.start(() -> all.attack.run(all));
            } else {
                all.rest();
                System.out.println(RESTED + " " + all.done + " done, " + all.refused + " refused");
            }
        }
        System.exit(0);
    }

    /** Runs beside the attack, as long as it goes on. */
    void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The node has ended the connection, or it is time to rest.
                count(0, 1);
            }
        }, "attack");
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    /** What may end with its connection. */
    interface Work {

        void run() throws IOException;
    }

    private void rest() throws InterruptedException {
        on = false;
        leave();
        for (Thread thread = threads.poll(); thread != null; thread = threads.poll()) {
            thread.interrupt();
            thread.join(UNTIL_OVER);
        }
        leave();
    }

    /** All who are there go without a word. */
    void leave() {
        for (WirePeer peer = peers.poll(); peer != null; peer = peers.poll()) {
            peer.cut();
        }
        for (Socket socket = sockets.poll(); socket != null; socket = sockets.poll()) {
            close(socket);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean on() {
        return on;
    }

    void count(long what) {
        count(what, 0);
    }

    private void count(long what, long inVain) {
        done.addAndGet(what);
        refused.addAndGet(inVain);
    }

    /** Says something, unless the node has ended the connection. */
    void say(WirePeer peer, byte[] frame) {
        try {
            peer.raw(frame);
        } catch (IOException e) {
            count(0, 1);
        }
    }

    void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    /** Until it is time to rest. */
    void await() {
        while (on) {
            pause(TURN);
        }
    }

    /** Does something every so many milliseconds until it is time to rest, and makes up for nothing. */
    void repeat(int millis, Work work) throws IOException {
        while (on) {
            long begin = System.nanoTime();
            work.run();
            pause(Duration.ofMillis(millis).minusNanos(System.nanoTime() - begin));
        }
    }

    private String target(int number) {
        return targets.get(number % targets.size());
    }

    private String address(int number) {
        return "127." + (10 + attack.ordinal() + number / NETS / NETS) + "." + number / NETS % NETS + "."
                + (1 + number % NETS);
    }

    /** A /24 for each. */
    private String network(int number) {
        return "127." + (10 + attack.ordinal()) + "." + number % NETS + "." + (7 + number / NETS % NETS);
    }

    /** A new stranger with a link to one of the nodes, unless it is refused. */
    Optional<WirePeer> stranger() {
        return stranger(addresses.getAndIncrement());
    }

    /** The same, always from the address of that number, and at the same node. */
    Optional<WirePeer> stranger(int number) {
        WirePeer peer = null;
        try {
            peer = WirePeer.dial(network(number), target(number), true);
            peers.add(peer);
            peer.shakeHands("default", 1);
            return Optional.of(peer);
        } catch (IOException e) {
            count(0, 1);
            if (peer != null) {
                peers.remove(peer);
                peer.cut();
            }
            pause(Duration.ofMillis(5));
            return Optional.empty();
        }
    }

    /** So many at once, who are asked for no messages: they ask for announcements only. */
    List<WirePeer> strangers(int count) {
        List<WirePeer> all = new ArrayList<>();
        for (int i = 0; i < count && on; i++) {
            stranger().ifPresent(peer -> {
                say(peer, NO_TREE);
                all.add(peer);
            });
        }
        return all;
    }

    void forget(WirePeer peer) {
        peers.remove(peer);
        peer.cut();
    }

    /** A connection on which nothing was said yet, from one address for all or from another for each. */
    Optional<Socket> connection(boolean oneAddress) {
        int number = oneAddress ? 0 : addresses.getAndIncrement();
        Socket socket = new Socket();
        try {
            String target = target(number);
            int colon = target.lastIndexOf(':');
            socket.bind(new InetSocketAddress(address(number), 0));
            socket.connect(new InetSocketAddress(target.substring(0, colon),
                    Integer.parseInt(target.substring(colon + 1))), CONNECT_MILLIS);
            sockets.add(socket);
            count(1);
            return Optional.of(socket);
        } catch (IOException e) {
            count(0, 1);
            close(socket);
            return Optional.empty();
        }
    }
}
