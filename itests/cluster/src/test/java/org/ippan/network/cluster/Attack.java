// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;

/** What {@link Attackers} do, over and over until it is time to rest. */
enum Attack {

    /** A fresh identity every 2 s shakes hands and reads nothing. */
    NEVER_READ {
        @Override
        void run(Attackers all) throws IOException {
            stuck(all, 1, List.of());
        }
    },

    /** The same by 20 at once. */
    TWENTY_NEVER_READ {
        @Override
        void run(Attackers all) throws IOException {
            stuck(all, 20, List.of());
        }
    },

    /** Eight read a frame a second, and stay. */
    READ_SLOWLY {
        @Override
        void run(Attackers all) throws IOException {
            for (int i = 0; i < 8 && all.on(); i++) {
                all.stranger().ifPresent(peer -> peer.readSlowly(Duration.ofSeconds(1)));
            }
            all.await();
        }
    },

    /** Three fresh ones every 2 s read nothing, and ask for bodies and for announcements in turns. */
    PRUNE_AND_GRAFT {
        @Override
        void run(Attackers all) throws IOException {
            stuck(all, 3, List.of(WireFrames.frame(WirePeer.GRAFT, new byte[1]),
                    WireFrames.frame(WirePeer.PRUNE, new byte[2])));
        }
    },

    /** The same, who say that everything arrived, and that they send all they have to whomever they name. */
    CLAIM_NEIGHBOURS {
        @Override
        void run(Attackers all) throws IOException {
            stuck(all, 3, List.of(AttackFrames.neighbours(), AttackFrames.neighbours()));
        }
    },

    /** Three take everything and settle nothing, others every 2 s. */
    NEVER_SETTLE {
        @Override
        void run(Attackers all) {
            while (all.on()) {
                all.leave();
                IntStream.range(0, 3).forEach(i -> all.stranger());
                all.pause(ROUND);
            }
        }
    },

    /** Four announce 100 000 messages a second each that are not there. */
    ANNOUNCE {
        @Override
        void run(Attackers all) throws IOException {
            all.strangers(4).forEach(peer -> all.start(() -> all.repeat(10, () ->
                    peer.send(WirePeer.IHAVE, WireFrames.announcement(WireFrames.anyIds(1000))))));
        }
    },

    /** One after the other says that there are nodes at 32 addresses where there are none. */
    CLAIM_ADDRESSES {
        private final List<byte[]> records = new ArrayList<>();

        @Override
        void prepare(Attackers all) {
            for (int i = 0; i < 1600; i++) {
                records.add(WireFrames.addressRecord("default",
                        "tcp://127.77." + i / 250 + "." + (1 + i % 250) + ":9"));
            }
        }

        @Override
        void run(Attackers all) throws IOException {
            for (int next = 0; all.on(); next += 32) {
                Optional<WirePeer> peer = all.stranger();
                for (int i = 0; i < 50 && all.on() && peer.isPresent()
                        && peer.get().heard(WirePeer.PEERS_REQ) == 0; i++) {
                    all.pause(Duration.ofMillis(10));
                }
                if (peer.isPresent()) {
                    all.say(peer.get(), AttackFrames.addresses(records, next));
                    all.count(1);
                    all.pause(Duration.ofMillis(20));
                    all.forget(peer.get());
                }
            }
        }
    },

    /** 500 connections a second, each from another address, that end at once. */
    CONNECT {
        @Override
        void run(Attackers all) throws IOException {
            all.repeat(2, () -> {
                all.connection(false);
                all.leave();
            });
        }
    },

    /** 10 000 connections from one address, on which nothing is said. */
    SILENT_10000 {
        @Override
        void run(Attackers all) throws IOException {
            for (int i = 0; i < 10_000 && all.on(); i++) {
                all.connection(true);
            }
            all.await();
        }
    },

    /** 500 connections, each from another address, and a byte a second on each. */
    SLOWLORIS {
        @Override
        void run(Attackers all) throws IOException {
            List<Socket> open = new ArrayList<>();
            byte[] hello = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3};
            for (int round = 0; all.on(); round++) {
                for (int i = open.size(); i < 500 && all.on(); i++) {
                    all.connection(false).ifPresent(open::add);
                }
                for (int i = open.size() - 1; i >= 0; i--) {
                    try {
                        open.get(i).getOutputStream().write(hello[round % hello.length]);
                    } catch (IOException e) {
                        open.remove(i);
                    }
                }
                all.pause(Duration.ofSeconds(1));
            }
        }
    },

    /** Four send urgent messages of 16 KiB as fast as these are taken. */
    URGENT {
        @Override
        void run(Attackers all) {
            flood(all, 4, 0, 16 * 1024, "urgent");
        }
    },

    /** Two send messages of 8 bytes as fast as these are taken, each with a topic of its own. */
    TINY {
        @Override
        void run(Attackers all) {
            flood(all, 2, 1, 8, "tiny");
        }
    },

    /** A reconnect every 20 ms, at one address. */
    RECONNECT {
        @Override
        void run(Attackers all) throws IOException {
            all.repeat(20, () -> {
                all.leave();
                all.stranger(0).ifPresent(peer -> all.count(1));
            });
        }
    },

    /** Four ask for 100 000 messages a second each that are not there. */
    ASK {
        @Override
        void run(Attackers all) throws IOException {
            all.strangers(4).forEach(peer -> all.start(() -> all.repeat(10, () ->
                    peer.send(WirePeer.IWANT, WireFrames.wanted(WireFrames.anyIds(1000))))));
        }
    },

    /** Four change a thousand times a second whether they want bodies. */
    FLIP {
        @Override
        void run(Attackers all) throws IOException {
            all.strangers(4).forEach(peer -> all.start(() -> all.repeat(2, () -> {
                peer.send(WirePeer.GRAFT, new byte[1]);
                peer.send(WirePeer.PRUNE, new byte[2]);
                peer.flush();
            })));
        }
    },

    /** Four send the same MiB over and over. */
    SAME_BODY {
        @Override
        void run(Attackers all) throws IOException {
            byte[] body = WireFrames.message("same", 1, 1 << 20);
            all.strangers(4).forEach(peer -> all.start(() -> all.repeat(4, () -> {
                peer.send(WirePeer.GOSSIP, body);
                all.count(1);
            })));
        }
    },

    /** Four send the same 10 KiB over and over, which are a whole message of nearly a MiB. */
    SAME_PACKED {
        @Override
        void run(Attackers all) throws IOException {
            byte[] packed = Malformed.packed();
            all.strangers(4).forEach(peer -> all.start(() -> all.repeat(1, () -> {
                peer.raw(packed);
                all.count(1);
            })));
        }
    },

    /** Four ask to be told when 20 000 messages a second each are settled that are not there. */
    ASK_SETTLED {
        @Override
        void run(Attackers all) throws IOException {
            all.strangers(4).forEach(peer -> all.start(() -> all.repeat(50, () -> {
                peer.raw(AttackFrames.questions(1000));
                all.count(1);
            })));
        }
    },

    /** A hundred at once send a bomb each, then ten at a time as fast as they are let in. */
    BOMBS {
        private final byte[] bomb = Malformed.bomb();
        private List<WirePeer> first;

        @Override
        void prepare(Attackers all) {
            first = all.strangers(100);
        }

        @Override
        void run(Attackers all) throws IOException {
            for (List<WirePeer> some = first; all.on(); some = all.strangers(10)) {
                some.forEach(peer -> all.say(peer, bomb));
                all.count(some.size());
            }
        }
    };

    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final Duration TURN = Duration.ofMillis(100);

    /** Most need nothing. */
    void prepare(Attackers all) { }

    abstract void run(Attackers all) throws IOException;

    /** Fresh identities every 2 s, which read nothing and say this in turns. */
    private static void stuck(Attackers all, int count, List<byte[]> turns) throws IOException {
        while (all.on()) {
            all.leave();
            List<WirePeer> peers = new ArrayList<>();
            for (int i = 0; i < count && all.on(); i++) {
                all.stranger().ifPresent(peers::add);
            }
            peers.forEach(WirePeer::stopReading);
            all.count(peers.size());
            for (int turn = 0; turn < ROUND.dividedBy(TURN) && all.on(); turn++) {
                for (WirePeer peer : turns.isEmpty() ? List.<WirePeer>of() : peers) {
                    all.say(peer, turns.get(turn % turns.size()));
                }
                all.pause(TURN);
            }
        }
    }

    private static void flood(Attackers all, int count, int priority, int length, String topic) {
        for (WirePeer peer : all.strangers(count)) {
            all.start(() -> {
                for (long nonce = System.nanoTime(); all.on(); nonce++) {
                    byte[] body = WireFrames.message(topic + peer.hashCode(), nonce, length);
                    body[1] = (byte) priority;
                    peer.send(WirePeer.GOSSIP, body);
                    all.count(1);
                }
            });
        }
    }
}
