// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.transport.FrameType;
import org.junit.jupiter.api.Test;

/** What a publisher gave one node is counted before it is known whether it is taken: late, or not at all. */
class TwofoldLateTest extends TwofoldFixture {

    private static final Duration LATE = Duration.ofSeconds(2);

    /** Each node has validators that accept all, after a while. */
    private void validateLate() {
        honest.forEach(node -> {
            node.validators = task -> time.schedule(task, LATE.toNanos(), TimeUnit.NANOSECONDS);
            node.validate("*", message -> Verdict.ACCEPT);
        });
    }

    /** The fingerprints differ long before that one is in the log. */
    @Test
    void shouldGiveEachNodeWhatValidatorsAcceptAfterFingerprintsDiffered() {
        validateLate();
        giveTwofold(1, "to one", "to others");
        time.advance(LATE.minusMillis(500));
        long early = mismatches();
        time.advance(LATE.multipliedBy(2));

        assertTrue(early > 0);
        assertAllHaveAll();
    }

    /** They keep the order of their topic, so that all behind the one that differs come late too. */
    @Test
    void shouldAnnounceNothingThatWasAcceptedLateAndAgrees() {
        validateLate();
        for (int i = 1; i <= 100; i++) {
            giveAll(i, "m" + i);
        }
        time.advance(Duration.ofSeconds(20));

        assertAllHaveAll();
        assertEquals(0, announcedUnproven());
    }

    /** Copies with seals that are not valid have the same id, so that all fingerprints agree. */
    @Test
    void shouldGiveEachNodeAMessageOfWhichOthersGotForgedCopies() {
        mallory.set("signatures", "require");
        honest.forEach(node -> node.set("signatures", "require"));
        byte[] genuine = mallory.body(mallory.publish("signed").id().orElseThrow()).array();
        byte[] forged = genuine.clone();
        forged[forged.length - "signed".length() - 1] ^= 1;

        for (FakeNode node : honest) {
            toMallory(node).give(FrameType.GOSSIP, 0, ByteBuffer.wrap(node == honest.get(0) ? genuine : forged));
        }
        time.advance(REPAIRED);

        honest.forEach(node -> assertEquals(List.of("signed"), node.received));
        assertEquals(0, mismatches());
    }
}
