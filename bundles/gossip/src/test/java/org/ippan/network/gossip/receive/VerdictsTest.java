// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Set;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.JudgedMessage;
import org.ippan.network.gossip.model.Room;
import org.ippan.network.gossip.model.Services;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.gossip.wire.MessageHeader;
import org.junit.jupiter.api.Test;

class VerdictsTest {

    private final Verdicts verdicts = new Verdicts();
    /** A link that is only asked for numbers. */
    private final GossipLink link = new GossipLink((PeerLink) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[] {PeerLink.class}, (proxy, method, arguments) -> method.getReturnType() == long.class ? 0L
                    : null), 0, new MessageCodec.Limits(1, 0), new Room(() -> { }).share(true), new Services());

    private JudgedMessage message(int number) {
        MessageHeader header = new MessageHeader();
        header.topic = Topic.of("t");
        header.priority = Priority.NORMAL;
        return new JudgedMessage(key(number), header, new byte[0], null, link, 0);
    }

    private static IdKey key(int number) {
        IdKey key = new IdKey();
        key.set(number, 2, 3, 4);
        return key;
    }

    @Test
    void shouldKnowAMessageWhileItWaits() {
        JudgedMessage first = message(1);

        assertNull(verdicts.begin(first));
        assertSame(first, verdicts.begin(message(1)));
        assertSame(first, verdicts.waiting(key(1)));
        assertTrue(verdicts.knows(key(1)));
        assertFalse(verdicts.knows(key(2)));
        verdicts.end(first);
        assertFalse(verdicts.knows(key(1)));
    }

    @Test
    void shouldRememberTheLastRejectedOnesOnly() {
        for (int i = 0; i < 5000; i++) {
            verdicts.reject(message(i));
            verdicts.reject(message(i));
        }

        assertFalse(verdicts.isRejected(key(5000 - 4097)));
        assertTrue(verdicts.isRejected(key(5000 - 4096)));
        assertTrue(verdicts.knows(key(4999)));
    }

    @Test
    void shouldNameAllItKnows() {
        verdicts.begin(message(1));
        verdicts.reject(message(2));
        Set<IdKey> named = new HashSet<>();

        verdicts.forEach(id -> named.add(new IdKey(id)));

        assertEquals(Set.of(key(1), key(2)), named);
    }
}
