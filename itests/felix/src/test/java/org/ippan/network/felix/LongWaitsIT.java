// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ippan.network.api.discovery.DiscoverySnapshot;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What is said after half a minute or a whole one of peers, programs and servers that go on for so long, at once. */
public class LongWaitsIT {

    private static final String TRANSPORT = "org.ippan.network.transport";
    private static final String DISCOVERY = "org.ippan.network.discovery";
    private static final String CHAOS = "org.ippan.network.chaos";
    private static final Path FOLDER = Container.TARGET.resolve("felix").resolve(LongWaitsIT.class.getSimpleName());
    /** The longest of them takes one minute and an answer more. */
    private static final Duration AT_MOST = Duration.ofMinutes(3);
    private static final int GRAFT = 0x13;
    private static final int PEERS_REQ = 0x18;
    /** More than a fifth of what may come in a second: waiting looks five times in one. */
    private static final int MANY = 40;

    private final ErrorOutput log = new ErrorOutput();
    private final Map<String, Supplier<String>> said = new LinkedHashMap<>();
    private PlainFelix felix;
    private long number;

    @Before
    public void start() throws Exception {
        Container.delete(FOLDER);
        Files.createDirectories(FOLDER);
        felix = new PlainFelix(FOLDER);
        felix.configure(TRANSPORT, Map.of("listenAddress", "127.0.0.1:0", "tls", "false", "controlFramesPerSecond",
                "100"));
        felix.configure("org.ippan.network.gossip", "graftsPerSecond", "1");
        // A peer that stalls answers no heartbeat either.
        felix.configure("org.ippan.network.health", Map.of("checkTimeoutSeconds", "60", "leastTimeoutMillis", "60000"));
        felix.configure(CHAOS, Map.of("dropOutbound", "1", "minutes", "1", "peers", "ab".repeat(32)));
        felix.start(Container.PROVIDERS);
        felix.start(List.of(DISCOVERY, CHAOS));
        Eventually.until("the node listens", NodeInside.SOON, () -> felix.services(Transport.class)
                .anyMatch(each -> each.listenAddress().isPresent()));
        felix.context().registerService(GossipListener.class, message -> {
            throw new IllegalStateException("no database");
        }, new Hashtable<>(Map.of(GossipListener.TOPIC, "orders")));
    }

    @After
    public void stop() {
        felix.close();
        log.close();
    }

    private WirePeer peer() {
        return WirePeer.connect(felix.service(Transport.class).listenAddress().orElseThrow().toString(), "default");
    }

    private WirePeer silent() throws IOException {
        WirePeer peer = WirePeer.dial(felix.service(Transport.class).listenAddress().orElseThrow().toString(), false);
        peer.silence();
        peer.shakeHands("default", 0);
        return peer;
    }

    /** Until the node has enough of it. */
    private static void say(WirePeer peer, int type, byte[] body) {
        try {
            if (!peer.ended()) {
                peer.send(type, body);
                peer.flush();
            }
        } catch (IOException e) {
            // The node has closed, and what it said is there.
            return;
        }
    }

    private String missing() {
        return said.entrySet().stream().filter(each -> !each.getValue().get().contains(each.getKey()))
                .map(each -> each.getKey() + ", not " + each.getValue().get()).collect(Collectors.joining("\n"));
    }

    @Test
    public void shouldSayWhatLastsForTooLong() throws Exception {
        try (OddNameServer names = new OddNameServer(OddNameServer.Way.SLOW); WirePeer floods = peer();
                WirePeer grafts = peer(); WirePeer asks = peer(); WirePeer stalls = silent(); WirePeer sends = peer()) {
            felix.configure(DISCOVERY + ".dns", Map.of("names", "slow.test:9700", "servers", names.address(),
                    "timeoutSeconds", String.valueOf(5 * OddNameServer.SLOW_MILLIS / 1000)));
            stalls.raw(WireFrames.header(WirePeer.PING, 0, 0, Long.BYTES));
            said.put("control frames came over their rate for 30 s", floods::goodbyeText);
            said.put("ids over their rate for 30 s", grafts::goodbyeText);
            said.put("addresses were asked for too often for too long", asks::goodbyeText);
            said.put("a frame of 16 bytes did not arrive in time", stalls::goodbyeText);
            said.put("one search took longer than 60 s; it ended at ", () -> felix.told(DiscoverySnapshot.class)
                    .map(DiscoverySnapshot::lastError).collect(Collectors.joining()));
            said.put("Faults on purpose ended: the configured minutes are over", log::text);
            said.put(" more since the last line)", log::text);

            Eventually.until(this::missing, AT_MOST, () -> {
                for (int i = 0; i < MANY; i++) {
                    say(floods, WirePeer.IHAVE, WireFrames.announcement(++number));
                }
                say(grafts, GRAFT, new byte[1]);
                say(asks, PEERS_REQ, new byte[] {1});
                say(sends, WirePeer.GOSSIP, WireFrames.message("orders", ++number, 1));
                return missing().isEmpty();
            });
        }
    }
}
