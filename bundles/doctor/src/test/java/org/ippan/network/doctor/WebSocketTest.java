// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.peers.Direction;
import org.ippan.network.api.peers.EndCause;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.transport.WebSocketSnapshot;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.Test;

/** Links inside WebSocket: how they come up, and what a reverse proxy makes of them. */
class WebSocketTest {

    private static final String NODE = "wss://node.example.org:443/ippan";

    private final FakeNode node = new FakeNode();

    private List<String> finds(String check) {
        return FakeNode.of(check, node.doctor().examine());
    }

    private void peer(String address, Map<String, ?> stated) {
        Map<String, Object> all = new HashMap<>(Map.of("address", PeerAddress.parse(address), "score",
                ReputationScore.NEUTRAL));
        all.putAll(stated);
        node.peers.add(Records.of(Peer.class, all));
    }

    private void listens(String address) {
        node.sources.clear();
        node.sources.add(() -> new WebSocketSnapshot(address, "", 1, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldTellWhyNoWebSocketConnectionsAreAccepted() {
        node.sources.add(() -> new WebSocketSnapshot("", "", 0, 0, 0, 0, 0, 0));
        assertEquals(List.of(), finds("websocket"));

        node.sources.set(0, () -> new WebSocketSnapshot("", "cannot listen on 127.0.0.1:9750: Address already in use",
                0, 0, 0, 0, 0, 0));
        assertEquals(List.of("WARN The node accepts no WebSocket connections: cannot listen on 127.0.0.1:9750: Address"
                + " already in use. Correct what is named there; if it is the address, free it or set another"
                + " listenAddress of org.ippan.network.transport.websocket."), finds("websocket"));

        node.sources.set(0, () -> new WebSocketSnapshot("127.0.0.1:9750", "", 1, 0, 0, 0, 0, 0));
        assertEquals(List.of("OK The node accepts WebSocket connections at 127.0.0.1:9750."), finds("websocket"));
    }

    @Test
    void shouldWarnOfACertificateTwoWeeksBeforeItEnds() {
        List<Duration> left = List.of(Duration.ofDays(15), Duration.ofDays(14), Duration.ofHours(-2));
        List<List<String>> found = left.stream().map(FakeNode.NOW::plus).map(ends -> {
            node.sources.clear();
            node.sources.add(() -> new WebSocketSnapshot("", "", 0, 0, 0, 0, 0, ends.toEpochMilli()));
            return finds("websocket");
        }).toList();

        String remedy = " Renew it in the files that certificate and privateKey of"
                + " org.ippan.network.transport.websocket name; they are read again by themselves.";
        assertEquals(List.of(List.of(),
                List.of("WARN The certificate of WebSocket connections ends in 14 d (2026-12-08T10:00:00Z)." + remedy),
                List.of("WARN The certificate of WebSocket connections ended 2 h ago: peers that check it do not"
                        + " connect." + remedy)), found);
    }

    @Test
    void shouldSayThatWebSocketIsOffWhereAPeerIsReachedByItOnly() {
        peer(NODE, Map.of("configured", true, "reason", "nothing here dials wss addresses"));
        node.webSocket(false, "");

        assertEquals(List.of("WARN 1 configured peer at ws:// or wss:// addresses not dialled, as WebSocket is off. Set"
                + " enabled = true of org.ippan.network.transport.websocket."), finds("websocket"));
        assertEquals(List.of("WARN " + NODE + " is not connected: nothing here dials wss addresses. Ask why by its"
                + " name."), finds("seeds"));

        node.webSocket(true, "");
        assertEquals(List.of(), finds("websocket"));
    }

    /** As an address is that was copied from a browser. */
    @Test
    void shouldNotPromiseADialOfAnAddressThatNothingHereDials() {
        node.peersTold.put("connected", 0);
        peer("http://10.0.0.12:9700", Map.of("configured", true, "reason", "nothing here dials http addresses"));

        List<String> untried = List.of("WARN http://10.0.0.12:9700 is not connected: nothing here dials http addresses."
                + " Ask why by its name.");
        assertEquals(untried, FakeNode.of("seeds", node.doctor().glance()));
        assertEquals(untried, finds("seeds"));
        assertEquals(List.of("FAIL 0 peers connected: messages go nowhere. See what is found about seeds."),
                finds("peers"));
    }

    @Test
    void shouldTellWhyAPeerIsNotReachedWithoutASocketOfItsOwn() {
        node.unreachable.put(NODE, "no socket is tried");
        peer(NODE, Map.of("configured", true, "endCause", EndCause.UNREACHABLE, "lastError", "the server answers 502"
                + " Bad Gateway instead of speaking WebSocket"));

        assertEquals(List.of("WARN " + NODE + " is not connected: the server answers 502 Bad Gateway instead of"
                + " speaking WebSocket. " + EndCause.UNREACHABLE.advice()), finds("seeds"));
    }

    @Test
    void shouldFindThatPeersShareTheAddressOfAReverseProxy() {
        Map<String, ?> accepted = Map.of("connected", true, "direction", Direction.INBOUND);
        node.webSocket(true, "");
        peer("ws://127.0.0.1:40001", accepted);
        peer("10.0.0.12:40001", accepted);
        peer("ws://127.0.0.1:9750", Map.of("connected", true, "direction", Direction.OUTBOUND));
        assertEquals(List.of(), finds("websocket"));

        peer("ws://127.0.0.1:40002", accepted);
        assertEquals(List.of("WARN 2 peers come from 127.0.0.1: limits and blocks count them as one. If that is a"
                + " reverse proxy, add it to trustedProxies of org.ippan.network.transport.websocket."),
                finds("websocket"));

        node.webSocket(true, "127.0.0.1/32");
        assertEquals(List.of(), finds("websocket"));
    }

    /** The proxy is named, and the line for the header is missing in its configuration. */
    @Test
    void shouldFindThatATrustedProxyNamesNoClient() {
        node.sources.add(() -> new WebSocketSnapshot("", "", 3, 0, 1, 2, 0, 0));
        assertEquals(List.of(), finds("websocket"));

        node.sources.set(0, () -> new WebSocketSnapshot("", "", 3, 0, 0, 2, 0, 0));
        assertEquals(List.of("WARN 2 WebSocket connections came from trusted proxies without X-Forwarded-For: limits"
                + " and blocks count the peers behind a proxy as one. Let the reverse proxy write that header; if there"
                + " is none, clear trustedProxies of org.ippan.network.transport.websocket."), finds("websocket"));
    }

    @Test
    void shouldFindThatAnyNodeCanJoinByWebSocketAlone() {
        node.membership("open", "", "blue");
        node.transport.put("boundAddress", "127.0.0.1:9700");
        listens("127.0.0.1:9750");
        assertEquals(List.of(), finds("membership"));

        listens("0.0.0.0:9750");
        assertEquals(List.of("WARN Any node that reaches 0.0.0.0:9750 can join the network: it has no key and no list"
                + " of allowed peers. Set the same networkKey of org.ippan.network.peers on all nodes, or mode ="
                + " allowlist; ippan:key and --new-key FILE make a key."), finds("membership"));
    }
}
