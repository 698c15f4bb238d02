// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.node.IppanNode;
import org.ippan.network.node.IppanNodeBuilder;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Takes the pictures of the documents: the page of one of ten nodes in its first busy minutes, with tides and bursts
 * and large messages. A listener is too slow, a peer earns a ban, one leaves and one is not there. Takes two minutes;
 * {@code docs/testing.md} has the command.
 */
class PicturesAcceptance {

    private static final int SECONDS = Integer.getInteger("acceptance.seconds", 90);
    private static final String LOOPBACK = "127.0.0.1";
    private static final String PEERS = "org.ippan.network.peers";
    private static final String SHOWN = "rome";
    private static final String RUDE = "oslo";
    private static final List<String> NEIGHBOURS = List.of("paris", "tokyo", "quito", "cairo", RUDE);
    /** Farther nodes, and whom each dials. */
    private static final Map<String, List<String>> FARTHER = new TreeMap<>(Map.of("delhi", List.of("tokyo", "cairo"),
            "lima", List.of("paris", "tokyo"), "malmo", List.of("cairo"), "turin", List.of("quito", "paris")));
    private static final String LEAVING = "malmo";
    private static final int TICKS_PER_SECOND = 10;
    private static final int LARGE = 120_000;

    private final Map<String, IppanNode> nodes = new ConcurrentHashMap<>();
    private final ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();
    private final Random random = new Random(7);
    private int tick;
    private long published;

    /** Takes sixty messages a second. */
    private static final class Ledger implements GossipListener {

        @Override
        public void onMessage(ReceivedMessage message) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / 60);
        }
    }

    /** Takes whatever comes. */
    private static final class Archive implements GossipListener {

        @Override
        public void onMessage(ReceivedMessage message) {
            message.payloadBytes();
        }
    }

    @AfterEach
    void stop() {
        traffic.shutdownNow();
        nodes.values().forEach(IppanNode::close);
    }

    @Test
    void shouldTakeThePicturesOfTheDocuments() throws IOException {
        IppanNode shown = start();
        try (Browser browser = Browser.start()) {
            browser.showOn(1400, "light");
            browser.open("http://" + shown.httpAddress().orElseThrow() + "/");
            traffic.scheduleAtFixedRate(this::publish, 0, 1_000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SECONDS));
            nodes.remove(LEAVING).close();
            browser.awaitText("#states-text", "1 left");

            browser.picture("page-light", true);
            browser.showOn(400, "light");
            browser.picture("page-phone", true);
            browser.showOn(1400, "dark");
            browser.picture("overview-dark", true);
            browser.find(".tabs [href='#/network']").click();
            browser.awaitText("#node-rows", "quito");
            browser.run("[...document.querySelectorAll('#node-rows button')].find(each => each.textContent === 'quito')"
                    + ".click()");
            browser.awaitText("#shown-node", "quito");
            browser.picture("network", true);
            browser.showOn(400, "dark");
            browser.picture("network-phone", true);
            browser.showOn(1400, "dark");
            browser.find(".tabs [href='#/peers']").click();
            browser.awaitText("#peer-rows", "banned");
            browser.find("#peer-rows tr[data-key='" + nodes.get(RUDE).id() + "'] button").click();
            browser.awaitText("#peer-events", "message rejected");
            browser.picture("page-dark", false);
            assertEquals(List.of(), browser.complaints());
        }
    }

    private IppanNode start() {
        IppanNode shown = builder(SHOWN).http(LOOPBACK, 0).set("org.ippan.network.dedup", "capacity", "200000").start();
        nodes.put(SHOWN, shown);
        PeerAdmin peers = shown.service(PeerAdmin.class);
        for (String name : NEIGHBOURS) {
            IppanNode other = builder(name).start();
            nodes.put(name, other);
            peers.add(other.listenAddress().orElseThrow(), name);
        }
        FARTHER.forEach((name, dialled) -> {
            IppanNodeBuilder builder = builder(name);
            dialled.forEach(other -> builder.peer(nodes.get(other).listenAddress().orElseThrow().toString()));
            nodes.put(name, builder.start());
        });
        peers.add(PeerAddress.tcp(LOOPBACK, 1), "lyon");
        nodes.forEach((name, node) -> {
            if (!name.equals(RUDE)) {
                node.validate("rubbish", message -> Verdict.REJECT);
            }
        });
        shown.register(GossipListener.class, new Archive(), Map.of(GossipListener.TOPIC, "*"));
        shown.register(GossipListener.class, new Ledger(), Map.of(GossipListener.TOPIC, "prices",
                GossipListener.QUEUE, 500, GossipListener.OVERFLOW, "drop-oldest"));
        Eventually.until("all are connected", ShownNetwork.SOON,
                () -> shown.gossip().snapshot().links() == NEIGHBOURS.size());
        return shown;
    }

    /** Nodes keep to the links they are given. */
    private static IppanNodeBuilder builder(String name) {
        return IppanNode.builder().listen(LOOPBACK, 0).set(PEERS, "networkId", "default-eu")
                .set(PEERS, "exchange", "false").set(PEERS, "outboundTarget", "0")
                .set("org.ippan.network.survey", "name", name);
    }

    private void publish() {
        double seconds = (double) tick++ / TICKS_PER_SECOND;
        boolean burst = seconds % 30 > 24 && seconds % 30 < 26;
        publish("paris", "news", (int) (7 + 5 * Math.sin(seconds / 6) + random.nextInt(3)) * (burst ? 4 : 1), 300);
        publish("quito", "prices", 6 + random.nextInt(3), 80);
        publish(SHOWN, "status", 2, 100);
        publish("tokyo", "maps", random.nextInt(12 * TICKS_PER_SECOND) == 0 ? 8 : 0, LARGE);
        publish(RUDE, "rubbish", random.nextInt(2 * SECONDS) < 8 ? 1 : 0, 40);
    }

    private void publish(String from, String topic, int count, int length) {
        for (int i = 0; i < count; i++) {
            nodes.get(from).gossip().publish(Message.of(Topic.of(topic),
                    "x".repeat(length).getBytes(UTF_8)).withNonce(published++));
        }
    }
}
