// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.JudgedMessage;
import org.ippan.network.gossip.model.Room;
import org.ippan.network.gossip.model.Services;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.gossip.wire.MessageHeader;
import org.junit.jupiter.api.Test;

/** Messages of one topic keep their order whichever is judged first. */
class DeliveryOrderTest {

    private static final Topic TOPIC = Topic.of("t");
    private static final Topic OTHER = Topic.of("other");

    private final List<Long> delivered = new ArrayList<>();
    private final DeliveryOrder order = new DeliveryOrder();
    private final Room room = new Room(() -> { });
    private final GossipLink link = new GossipLink((PeerLink) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[] {PeerLink.class}, (proxy, method, arguments) -> method.getReturnType() == long.class ? 0L
                    : null), 0, new MessageCodec.Limits(1, 0), room.share(true), new Services());

    private JudgedMessage add(long number, Topic topic) {
        MessageHeader header = new MessageHeader();
        header.topic = topic;
        header.priority = Priority.NORMAL;
        IdKey id = new IdKey();
        id.set(number, 2, 3, 4);
        JudgedMessage message = new JudgedMessage(id, header, new byte[0], null, link, 0);
        message.enter(link.share());
        order.add(message);
        return message;
    }

    private void decide(JudgedMessage message, Verdict verdict) {
        message.decide(verdict);
        verdictCame(message.topic());
    }

    private void verdictCame(Topic topic) {
        order.verdictCame(topic, message -> delivered.add(message.word0()));
    }

    @Test
    void shouldDeliverWhatIsAcceptedInTheOrderInWhichItCame() {
        JudgedMessage first = add(1, TOPIC);
        JudgedMessage second = add(2, TOPIC);
        JudgedMessage third = add(3, TOPIC);

        decide(third, Verdict.ACCEPT);
        decide(second, Verdict.REJECT);
        List<Long> before = List.copyOf(delivered);
        decide(first, Verdict.ACCEPT);

        assertEquals(List.of(), before);
        assertEquals(List.of(1L, 3L), delivered);
        assertEquals(0, room.messages(), "none waits any longer");
    }

    @Test
    void shouldNotHaveOneTopicWaitForAnother() {
        JudgedMessage slow = add(1, TOPIC);

        decide(add(2, OTHER), Verdict.ACCEPT);

        assertEquals(List.of(2L), delivered);
        assertTrue(order.isIdle(OTHER));
        assertFalse(order.isIdle(TOPIC));
        decide(slow, Verdict.IGNORE);
        assertTrue(order.isIdle(TOPIC));
        assertEquals(List.of(2L), delivered);
    }

    @Test
    void shouldBeIdleOnlyWhenTheLastOfATopicHasGone() {
        JudgedMessage first = add(1, TOPIC);
        JudgedMessage second = add(2, TOPIC);

        decide(first, Verdict.ACCEPT);
        boolean early = order.isIdle(TOPIC);
        decide(second, Verdict.ACCEPT);
        verdictCame(TOPIC);

        assertFalse(early);
        assertTrue(order.isIdle(TOPIC));
        decide(add(3, TOPIC), Verdict.ACCEPT);
        assertEquals(List.of(1L, 2L, 3L), delivered);
    }
}
