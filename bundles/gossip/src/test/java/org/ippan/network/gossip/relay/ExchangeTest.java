// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.StillLink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who brings its part of what is published. */
class ExchangeTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** This node's own publishers. */
    private static final GossipLink OWN = null;

    private final Exchange exchange = new Exchange();
    private final GossipLink peer = StillLink.of(1, 0);
    private final GossipLink other = StillLink.of(2, 0);
    private final Map<GossipLink, Long> appended = new HashMap<>();

    @BeforeEach
    void beginWithWhatWasThere() {
        bring(peer, 7000);
        bring(other, 9000);
        look(0);
    }

    private void bring(GossipLink link, long bytes) {
        appended.merge(link, bytes, Long::sum);
    }

    private void look(long seconds) {
        exchange.look(appended, seconds * SECOND);
    }

    @Test
    void shouldCountOnlyWhatComesFromNowOn() {
        assertFalse(exchange.isFair(peer));
        assertFalse(exchange.isFair(StillLink.of(3, 0)), "it is not known");
    }

    @Test
    void shouldExpectHalfOfWhatThisNodePublishes() {
        bring(OWN, 0);
        look(0);
        bring(OWN, 1000);
        bring(peer, 500);
        bring(other, 499);
        look(0);

        assertTrue(exchange.isFair(peer));
        assertFalse(exchange.isFair(other));
    }

    @Test
    void shouldExpectASmallPartOfAllWhereThisNodePublishesNothing() {
        bring(peer, 100);
        bring(other, 3100);
        look(0);
        boolean just = exchange.isFair(peer);
        bring(other, 1);
        look(0);

        assertTrue(just);
        assertFalse(exchange.isFair(peer));
        assertTrue(exchange.isFair(other));
    }

    @Test
    void shouldForgetWhatCameLongAgo() {
        bring(OWN, 0);
        look(0);
        bring(OWN, 1000);
        bring(peer, 2000);
        bring(other, 1998);
        look(0);
        bring(OWN, 1200);
        look(2);
        boolean peerIsFair = exchange.isFair(peer);
        boolean otherIsFair = exchange.isFair(other);
        look(5);

        assertTrue(peerIsFair && otherIsFair, "three fifths of what was brought are left");
        assertFalse(exchange.isFair(peer));
        bring(peer, 1);
        look(100);
        assertTrue(exchange.isFair(peer), "no more is forgotten than there is");
    }

    @Test
    void shouldExpectMoreAsTimePasses() {
        bring(OWN, 0);
        look(0);
        bring(peer, 1000);
        bring(other, 998);
        look(0);
        bring(OWN, 1200);
        look(2);

        assertTrue(exchange.isFair(peer), "600 of 1200");
        assertFalse(exchange.isFair(other));
    }

    @Test
    void shouldBeginAnewWithALinkThatComesAgain() {
        bring(peer, 1000);
        look(0);
        long before = appended.remove(peer);
        look(0);
        appended.put(peer, before + 1000);
        look(0);

        assertFalse(exchange.isFair(peer));
    }
}
