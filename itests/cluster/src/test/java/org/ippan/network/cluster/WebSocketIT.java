// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Paris reaches Tokyo over TCP, and Quito reaches Tokyo over WebSocket: to the network both are links. */
@Tag(Nodes.WAITING)
class WebSocketIT {

    private static final String WEB_SOCKET = "org.ippan.network.transport.websocket";
    private static final String PEERS = "org.ippan.network.peers";
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();
    private static final Topic TOPIC = Topic.of("pictures");
    private static final int MESSAGES = 8;
    private static final int BYTES = 500_000;

    @RegisterExtension
    final Nodes nodes = new Nodes();
    private IppanNode paris;
    private IppanNode tokyo;
    private IppanNode quito;

    private void start() {
        tokyo = nodes.embed("tokyo", builder -> builder.set(PEERS, "exchange", "false")
                .set(WEB_SOCKET, "enabled", "true").set(WEB_SOCKET, "listenAddress", "127.0.0.1:0"));
        paris = nodes.embed("paris", builder -> builder.set(PEERS, "exchange", "false"), Nodes.address(tokyo));
        quito = nodes.embed("quito", builder -> builder.set(PEERS, "exchange", "false")
                .set(WEB_SOCKET, "enabled", "true"), webSocketAddress(tokyo));
        Nodes.awaitPeers(tokyo, 2);
    }

    private static String webSocketAddress(IppanNode node) {
        Eventually.until("it listens", Nodes.SOON, () -> !Nodes.webSocket(node).boundAddress().isEmpty());
        return "ws://" + Nodes.webSocket(node).boundAddress() + "/ippan";
    }

    @Test
    void shouldCarryMessagesFromOneKindOfLinkToTheOther() throws Exception {
        start();
        BlockingQueue<ReceivedMessage> atQuito = new LinkedBlockingQueue<>();
        BlockingQueue<ReceivedMessage> atParis = new LinkedBlockingQueue<>();
        quito.subscribe(TOPIC.name(), atQuito::add);
        paris.subscribe(TOPIC.name(), atParis::add);

        assertCarried(paris, atQuito, 1);
        assertCarried(quito, atParis, 2);
    }

    private static void assertCarried(IppanNode from, BlockingQueue<ReceivedMessage> at, long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < MESSAGES; i++) {
            byte[] payload = new byte[BYTES];
            random.nextBytes(payload);
            Eventually.until("it is accepted", Nodes.SOON,
                    () -> from.gossip().publish(Message.of(TOPIC, payload)).accepted());
            ReceivedMessage got = at.poll(Nodes.SOON.toSeconds(), TimeUnit.SECONDS);
            assertArrayEquals(payload, got == null ? null : got.payloadBytes(), "message " + i);
            assertEquals(1, got.hops());
        }
    }

    @Test
    void shouldShowBothKindsOfLinksAlikeOverJmx() throws Exception {
        start();
        ObjectName overTcp = bean(paris);
        ObjectName overWebSocket = bean(quito);

        assertEquals(attributes(overTcp), attributes(overWebSocket));
        for (String attribute : List.of("Connected", "Health", "Score", "Standing", "Direction", "MissedPings")) {
            Eventually.until(() -> attribute + " is " + read(overTcp, attribute) + " and " + read(overWebSocket,
                    attribute), Nodes.SOON, () -> read(overTcp, attribute).equals(read(overWebSocket, attribute)));
        }
        assertEquals("ws", PeerAddress.parse(read(overWebSocket, "Address").toString()).scheme());
        assertEquals(2, tokyo.service(Transport.class).snapshot().connections());
    }

    /** Of a peer at Tokyo. */
    private ObjectName bean(IppanNode peer) throws Exception {
        ObjectName all = new ObjectName("org.ippan.network:type=Peer,*");
        Eventually.until("its bean is there", Nodes.SOON, () -> BEANS.queryNames(all, null).stream()
                .anyMatch(name -> isOf(peer, name)));
        return BEANS.queryNames(all, null).stream().filter(name -> isOf(peer, name)).findFirst().orElseThrow();
    }

    /** Tokyo was the first node in this process, so its beans have no node in their names. */
    private boolean isOf(IppanNode peer, ObjectName name) {
        return name.getKeyProperty("node") == null && read(name, "Id").equals(peer.id().toString());
    }

    private static Set<String> attributes(ObjectName name) throws Exception {
        return Arrays.stream(BEANS.getMBeanInfo(name).getAttributes()).map(MBeanAttributeInfo::getName)
                .collect(Collectors.toSet());
    }

    private static Object read(ObjectName name, String attribute) {
        try {
            return BEANS.getAttribute(name, attribute);
        } catch (JMException e) {
            throw new AssertionError(name + "." + attribute, e);
        }
    }

    @Test
    void shouldTellWhereItAcceptsWebSocketOrWhyNot() throws Exception {
        tokyo = nodes.embed("tokyo", builder -> builder.set(WEB_SOCKET, "enabled", "true")
                .set(WEB_SOCKET, "listenAddress", "127.0.0.1:0"));
        Diagnosis doctor = Diagnosis.of(tokyo);
        doctor.tells("OK websocket: The node accepts WebSocket connections at 127.0.0.1:#.");

        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            tokyo.set(WEB_SOCKET, "listenAddress", address);
            doctor.tells("WARN websocket: The node accepts no WebSocket connections: cannot listen on " + address
                    + ": …. Correct what is named there; if it is the address, free it or set another listenAddress of"
                    + " org.ippan.network.transport.websocket.");
        }
        doctor.tells("OK websocket: The node accepts WebSocket connections at 127.0.0.1:#.");
    }

    @Test
    void shouldTellWhyAPeerIsNotReachedByWebSocket() {
        tokyo = nodes.embed("tokyo", builder -> builder.set(WEB_SOCKET, "enabled", "true")
                .set(WEB_SOCKET, "listenAddress", "127.0.0.1:0"));
        String address = webSocketAddress(tokyo);
        quito = nodes.embed("quito", address);
        Diagnosis doctor = Diagnosis.of(quito);
        doctor.explains(address, address + " is dialled now or at the next opportunity: nothing here dials ws"
                + " addresses until enabled = true of org.ippan.network.transport.websocket and no key of it is"
                + " refused.");
        doctor.tells("WARN websocket: 1 configured peer at ws:// or wss:// addresses not dialled, as WebSocket is off."
                + " Set enabled = true of org.ippan.network.transport.websocket.");
        doctor.tells("WARN seeds: " + address + " is not connected: nothing here dials ws addresses until enabled ="
                + " true of org.ippan.network.transport.websocket and no key of it is refused. Ask why by its name.");

        tokyo.set(WEB_SOCKET, "path", "/elsewhere");
        quito.set(WEB_SOCKET, "enabled", "true");
        String why = "the server answers 404 Not Found instead of speaking WebSocket: compare " + address + " with"
                + " what the node advertises";
        doctor.explains(address, address + " is not connected: " + why + ".");
        doctor.tells("WARN seeds: " + address + " is not connected: " + why + ". Check the address, that a node with"
                + " the same tls runs there, and the firewalls between.");

        tokyo.set(WEB_SOCKET, "path", "/ippan");
        Nodes.awaitPeers(quito, 1);
        nodes.embed("paris", builder -> builder.set(WEB_SOCKET, "enabled", "true"), address);
        Diagnosis.of(tokyo).tells("WARN websocket: 2 peers come from 127.0.0.1: limits and blocks count them as one. If"
                + " that is a reverse proxy, add it to trustedProxies of org.ippan.network.transport.websocket.");

        tokyo.set(WEB_SOCKET, "trustedProxies", "127.0.0.1/32");
        nodes.embed("lima", builder -> builder.set(WEB_SOCKET, "enabled", "true"), address);
        Diagnosis.of(tokyo).tells("WARN websocket: 1 WebSocket connection came from trusted proxies without"
                + " X-Forwarded-For: limits and blocks count the peers behind a proxy as one. Let the reverse proxy"
                + " write that header; if there is none, clear trustedProxies of"
                + " org.ippan.network.transport.websocket.");
    }

    @Test
    void shouldKeepABannedPeerOutWhicheverWayItComes() {
        start();
        tokyo.service(ReputationAdmin.class).ban(quito.id(), Duration.ZERO, "for this test");
        Nodes.awaitPeers(tokyo, 1);

        assertBanned(PeerAddress.parse(webSocketAddress(tokyo)));
        assertBanned(tokyo.listenAddress().orElseThrow());
        assertEquals(Set.of(paris.id()), connected());

        tokyo.service(ReputationAdmin.class).pardon(quito.id());
        tokyo.service(ReputationAdmin.class).ban(paris.id(), Duration.ZERO, "for this test");
        quito.service(PeerAdmin.class).connect(PeerAddress.parse(webSocketAddress(tokyo)));
        Eventually.until("only Quito is connected", Nodes.SOON, () -> connected().equals(Set.of(quito.id())));
    }

    private Set<PeerId> connected() {
        return tokyo.peers().peers().stream().filter(Peer::connected).flatMap(peer -> peer.id().stream())
                .collect(Collectors.toSet());
    }

    private void assertBanned(PeerAddress address) {
        long before = refusals();
        Eventually.until("it is refused at " + address, Nodes.SOON, () -> {
            quito.service(PeerAdmin.class).connect(address);
            return refusals() > before;
        });
    }

    private long refusals() {
        return quito.peers().snapshot().goodbyesReceived().getOrDefault(GoodbyeReason.BANNED, 0L);
    }
}
