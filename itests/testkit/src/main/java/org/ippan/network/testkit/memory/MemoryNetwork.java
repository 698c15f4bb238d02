// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ippan.network.api.MessageId;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;

/**
 * A network in memory. Each node that joins is connected with all others, until a test cuts them apart. A message takes
 * {@link #delay} from node to node, and arrives while the test advances the time. Confined to the thread of the test.
 *
 * <p>It keeps the promises of {@link org.ippan.network.api.gossip.Gossip} that applications rely on: a listener gets a
 * message once, never at its own node; validators judge before anything is delivered or relayed; nodes that meet again
 * tell each other what they missed in the last {@link #CACHED}. It has no sockets, threads, reputation or compression:
 * for these, start nodes with {@code IppanNode}.
 */
public final class MemoryNetwork {

    /** For so long nodes keep messages for those that missed them, and {@code publishAsync} waits for a peer. */
    public static final Duration CACHED = Duration.ofSeconds(60);
    /** For so long a node knows a message again. */
    public static final Duration WINDOW = Duration.ofSeconds(300);

    private final ManualScheduler time;
    private final List<MemoryNode> nodes = new ArrayList<>();
    private final Set<Set<MemoryNode>> cut = new HashSet<>();
    private final Map<MessageId, Journey> journeys = new HashMap<>();
    private Duration delay = Duration.ofMillis(10);
    private long joined;

    /**
     * A network without nodes.
     *
     * @param time its clock
     */
    public MemoryNetwork(ManualScheduler time) {
        this.time = time;
    }

    /** A new node, connected with all others; they tell it what was published lately. */
    public MemoryNode join() {
        joined++;
        MemoryNode node = new MemoryNode(this, Peers.peer(joined));
        nodes.add(node);
        meet();
        return node;
    }

    /** How long a message takes from now on from one node to the next. */
    public void delay(Duration each) {
        delay = each;
    }

    /** Ends the connection of two nodes. What is under way between them is lost. */
    public void cut(MemoryNode one, MemoryNode other) {
        cut.add(Set.of(one, other));
    }

    /** Connects all nodes again; they tell each other what they missed. */
    public void heal() {
        cut.clear();
        meet();
    }

    private void meet() {
        for (MemoryNode node : List.copyOf(nodes)) {
            node.met();
        }
    }

    void leave(MemoryNode node) {
        nodes.remove(node);
    }

    ManualScheduler time() {
        return time;
    }

    Duration delay() {
        return delay;
    }

    List<MemoryNode> peersOf(MemoryNode node) {
        return nodes.stream().filter(other -> other != node && isConnected(node, other)).toList();
    }

    private boolean isConnected(MemoryNode one, MemoryNode other) {
        return nodes.contains(one) && nodes.contains(other) && !cut.contains(Set.of(one, other));
    }

    void follow(MessageId id, Journey journey) {
        journeys.put(id, journey);
        journey.future.thenRun(() -> journeys.remove(id));
    }

    void send(MemoryNode from, MemoryNode to, Kept kept) {
        Journey journey = journeys.get(kept.id());
        if (journey != null) {
            journey.sent();
        }
        time.after(delay.toNanos(), () -> arrive(from, to, kept, journey));
    }

    private void arrive(MemoryNode from, MemoryNode to, Kept kept, Journey journey) {
        boolean known = to.knows(kept.id());
        boolean taken = isConnected(from, to) && !known && to.take(from, kept);
        if (journey != null && known) {
            journey.passed();
        } else if (journey != null) {
            journey.arrived(taken);
        }
    }
}
