// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.SettledResult;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Over real sockets: a publisher is told when the far end of a chain has its message. */
@Tag(Nodes.WAITING)
class SettledIT {

    private static final String TOPIC = "settled";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @Test
    void shouldTellWhenTheFarEndOfAChainHasIt() throws Exception {
        IppanNode first = nodes.embed("first");
        IppanNode middle = nodes.embed("middle", Nodes.address(first));
        IppanNode last = nodes.embed("last", Nodes.address(middle));
        Nodes.awaitPeers(middle, 2);
        List<String> received = new CopyOnWriteArrayList<>();
        last.subscribe(TOPIC, message -> received.add(new String(message.payloadBytes(), StandardCharsets.UTF_8)));

        Message message = Message.of(Topic.of(TOPIC), "one".getBytes(StandardCharsets.UTF_8));
        SettledResult all = first.gossip().publishSettled(message, TIMEOUT).toCompletableFuture()
                .get(Nodes.SOON.toSeconds(), TimeUnit.SECONDS);
        Eventually.until("it is delivered", Nodes.SOON, () -> received.contains("one"));

        assertTrue(all.everywhere(), all.toString());
        assertEquals(2, all.nodes());
    }
}
