// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.ippan.network.api.Topic;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.peers.EndCause;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A network gets another key, as {@code docs/security.md} says, while its nodes publish and reconnect. */
@Tag(Nodes.WAITING)
class RollOverIT {

    private static final String PEERS = "org.ippan.network.peers";
    private static final String OLD = "the-key-of-the-last-year-41b7";
    private static final String NEW = "the-key-of-the-next-year-9c02";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final List<IppanNode> network = new ArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> published = new ArrayList<>();

    @Test
    void shouldLoseNoMessageWhileTheKeyOfANetworkChanges() {
        IppanNode paris = join("paris");
        IppanNode tokyo = join("tokyo", Nodes.address(paris));
        join("quito", Nodes.address(paris), Nodes.address(tokyo));
        network.forEach(node -> Nodes.awaitPeers(node, 2));
        tokyo.subscribe("news", message -> received.add(new String(message.payloadBytes(), UTF_8)));

        step(OLD, NEW);
        step(NEW, OLD);
        assertEquals("WARN network-key: Two network keys are accepted; no link began with the second one. When every"
                + " node has the new key as networkKey of org.ippan.network.peers, leave secondNetworkKey out"
                + " everywhere.", found());
        step(NEW, null);

        assertEquals("", found());
        Eventually.until(() -> published + " in " + received, Nodes.SOON,
                () -> Nodes.counted(received).equals(Nodes.counted(published)));
        IppanNode late = nodes.embed("late", builder -> builder.set(PEERS, "networkKey", OLD), Nodes.address(paris));
        Eventually.until(() -> "the old key is refused: " + late.peers().peers(), Nodes.SOON,
                () -> late.peers().peers().get(0).endCause() == EndCause.OTHER_KEY);

        paris.set(PEERS, "secondNetworkKey", OLD);
        Nodes.awaitPeers(late, 1);
        Eventually.until(this::found, Nodes.SOON, () -> found().contains("WARN network-key: Two network keys are"
                + " accepted; links that began with the second one: " + late.id().shortForm() + "."));
    }

    private IppanNode join(String name, String... peers) {
        IppanNode node = nodes.embed(name, builder -> builder.set(PEERS, "networkKey", OLD), peers);
        network.add(node);
        return node;
    }

    /** One node after the other gets these keys, live, and connects anew to the others, which have them or not. */
    private void step(String key, String second) {
        Map<String, String> keys = new HashMap<>();
        keys.put("networkKey", key);
        keys.put("secondNetworkKey", second);
        for (IppanNode node : network) {
            node.set(PEERS, keys);
            publish();
            long before = node.peers().snapshot().handshakes();
            node.peers().connected().forEach(peer ->
                    node.service(PeerAdmin.class).disconnect(peer.id().orElseThrow(), "to connect anew"));
            network.stream().filter(other -> other != node)
                    .forEach(other -> node.service(PeerAdmin.class).connect(other.listenAddress().orElseThrow()));
            Eventually.until("two new links", Nodes.SOON, () -> node.peers().snapshot().handshakes() >= before + 2);
            network.forEach(each -> Nodes.awaitPeers(each, 2));
            publish();
        }
    }

    private void publish() {
        for (IppanNode node : List.of(network.get(0), network.get(2))) {
            String text = "message " + published.size();
            published.add(text);
            assertEquals(true, node.gossip().publish(Message.of(Topic.of("news"), text.getBytes(UTF_8))).accepted());
        }
    }

    /** What the doctor of the first node says of keys; empty if nothing. */
    private String found() {
        return network.get(0).service(Doctor.class).glance().stream()
                .filter(finding -> finding.check().equals("network-key"))
                .map(finding -> finding.severity() + " " + finding.check() + ": " + finding.text() + " "
                        + finding.advice()).collect(Collectors.joining());
    }
}
