// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.peers.PeerDiscovery;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.ippan.network.testkit.process.Programs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said of addresses where another program is, and of those that are not dialled just now. */
@Tag(Nodes.WAITING)
class DialsIT {

    private static final String PEERS = "org.ippan.network.peers";
    private static final String TRANSPORT = "org.ippan.network.transport";
    private static final String WEB_SOCKET = TRANSPORT + ".websocket";
    private static final String NOWHERE = "127.0.0.1:1";

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Strangers strangers = new Strangers();
    @RegisterExtension
    final Logged logged = new Logged();

    private IppanNode node;

    private void add(String alias, String address) {
        node.service(PeerAdmin.class).add(PeerAddress.parse(address), alias);
    }

    @Test
    void shouldSayWhatIsAtAnAddressInsteadOfANode() throws Exception {
        IppanNode plain = nodes.embed("plain", builder -> builder.set(TRANSPORT, "tls", "false"));
        node = nodes.embed("node", builder -> builder.set(PEERS, "outboundTarget", "0").set(WEB_SOCKET, "enabled",
                "true").set(WEB_SOCKET, "proxy", "http://" + NOWHERE));
        Diagnosis doctor = Diagnosis.of(node);
        String closing = "ws://" + strangers.closing() + "/ippan";
        add("tls", strangers.tlsServer());
        add("http", strangers.says("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        add("plain", Nodes.address(plain));
        add("closing", closing);
        add("far", "wss://nowhere.invalid:443/ippan");

        Map.of("tls", "TLS failed: a server of TLS that is no node is there", "http", "TLS failed: HTTP is spoken"
                + " there; a peer inside WebSocket has a ws:// or wss:// address", "plain", "TLS failed: a node with"
                + " tls = false is there", "closing", "the server of " + closing + " closed without an answer",
                "far", "the proxy " + NOWHERE + " is not reached: Connection refused: …").forEach((alias, why) ->
                        doctor.explains(alias, alias + " is not connected: " + why + "."));
    }

    private String reason(String address) {
        return node.peers().peers().stream().filter(peer -> peer.address().equals(PeerAddress.parse(address)))
                .map(Peer::reason).findFirst().orElse("");
    }

    private void isLeftAlone(String address, String why) {
        Eventually.until(() -> address + ": " + reason(address) + " instead of " + why, Nodes.SOON,
                () -> reason(address).equals(why));
    }

    @Test
    void shouldSayWhyAnAddressIsNotDialledNow() {
        IppanNode rome = nodes.embed("rome");
        node = nodes.embed("node");
        node.service(PeerAdmin.class).connect(rome.listenAddress().orElseThrow());
        Nodes.awaitPeers(node, 1);
        node.set(PEERS, "seeds", NOWHERE + ",localhost:" + rome.listenAddress().orElseThrow().port() + "#"
                + rome.id());

        isLeftAlone(NOWHERE, "waits for its next try");
        assertEquals("it dialled this node", rome.peers().connected().get(0).reason());
        isLeftAlone(Nodes.address(rome), "the peer is connected, or dialled, at another address");
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> node.service(PeerAdmin.class)
                .connect(PeerAddress.parse("http://127.0.0.1:1/ippan")));
        assertEquals("address = http://127.0.0.1:1/ippan: nothing here dials http addresses; inside WebSocket they"
                + " begin with ws:// or wss://", refusal.getMessage());
    }

    @Test
    void shouldSayWhyAnAddressWasChosen() throws Exception {
        List<PeerAddress> silent = List.of(PeerAddress.parse(strangers.mute()), PeerAddress.parse(strangers.mute()));
        node = nodes.embed("node");

        node.register(PeerDiscovery.class, found -> {
            silent.forEach(found::appeared);
            return () -> { };
        }, Map.of());

        for (String why : List.of("chosen: the first in ", "chosen: no other network is left")) {
            Eventually.until(() -> why + ": " + node.peers().peers(), Nodes.SOON, () -> node.peers().peers().stream()
                    .map(Peer::reason).anyMatch(reason -> reason.startsWith(why)
                            && reason.endsWith(", no known peer is there, round trip unknown")));
        }
    }

    /** A source may have this node dial 32 addresses a minute. */
    @Test
    void shouldSayThatTheShareOfATellerIsUsedUp() {
        node = nodes.embed("node", builder -> builder.set(PEERS, "outboundTarget", "64"));

        node.register(PeerDiscovery.class, found -> {
            IntStream.rangeClosed(1, 40).forEach(port -> found.appeared(PeerAddress.tcp(Nodes.LOOPBACK, port)));
            return () -> { };
        }, Map.of());

        Eventually.until(() -> "8 are left: " + node.peers().peers(), Nodes.SOON, () -> node.peers().peers().stream()
                .filter(peer -> peer.reason().equals("its teller's share of dials this minute is used up"))
                .count() >= 8);
    }

    /** A name that should be this machine's, and is not. */
    @Test
    void shouldSayThatPlaintextStaysOnTheMachine() throws IOException {
        Path names = Files.writeString(nodes.path("names"), "192.0.2.1 localhost\n");
        NodeProcess open = nodes.prefixed(List.of("env", "JAVA_TOOL_OPTIONS=-Djdk.net.hosts.file=" + names), "open",
                "--listen", "localhost:0", "--set", TRANSPORT + ":tls=false");

        String said = "cannot listen on localhost:0: plaintext is only for loopback addresses, which 192.0.2.1 is not;"
                + " trying again until it works";
        Eventually.until(() -> said + open.err(), Nodes.SOON, () -> open.err().contains(said));
    }

    /** A name server that never answers: the file of names is a pipe that no program writes to. */
    @Test
    void shouldSayThatANameIsNotResolvedInTime() {
        Path names = nodes.path("names");
        Programs.run(names.getParent(), "mkfifo", names.toString());
        NodeProcess process = nodes.prefixed(List.of("env", "JAVA_TOOL_OPTIONS=-Djdk.net.hosts.file=" + names), "node",
                "--peers", "paris.test:9700", "--set", TRANSPORT + ":connectTimeoutSeconds=1");

        String said = "Peer paris.test:9700 is not connected: its name is not resolved within 1 s; next try within ";
        Eventually.until(() -> said + process.err(), Nodes.SOON, () -> process.err().contains(said));
    }
}
