// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

/** What is played again is refused where messages carry their publisher's signature. */
class SignaturesTest {

    private static final Map<String, ?> REQUIRED = Map.of("signatures", "require");
    private static final int SEAL = 104;
    private static final int TIME = SEAL - 64 - Long.BYTES;

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode alice = new FakeNode(time, 1, REQUIRED);
    private final FakeNode bob = new FakeNode(time, 2, REQUIRED);
    private final FakeNode carol = new FakeNode(time, 3, REQUIRED);
    private final FakeNode mallory = new FakeNode(time, 4);

    /** The body that alice sends for a message. */
    private ByteBuffer published(String text) {
        if (alice.links.isEmpty()) {
            alice.connect(bob);
        }
        return alice.body(alice.publish(text).id().orElseThrow());
    }

    /** A peer of carol says something as if it came from the network. */
    private FakeLink said(ByteBuffer body) {
        if (carol.links.isEmpty()) {
            carol.connect(mallory);
        }
        FakeLink link = carol.links.get(0);
        link.give(FrameType.GOSSIP, 0, body);
        time.advance(Duration.ofMillis(100));
        return link;
    }

    private static int seal() {
        return 28 + FakeNode.TOPIC.length();
    }

    @Test
    void shouldPassSignedMessagesOnAndTellWhoPublishedThem() {
        List<Optional<PeerId>> publishers = new ArrayList<>();
        carol.listen(message -> publishers.add(message.publisher()));
        bob.validate("*", message -> Verdict.ACCEPT);
        alice.connect(bob);
        bob.connect(carol);

        alice.publish("m");
        time.advance(Duration.ofSeconds(1));

        assertEquals(List.of("m"), carol.received);
        assertEquals(List.of(Optional.of(TestIdentity.of(1).id())), publishers);
    }

    @Test
    void shouldDeliverWhatIsPlayedAgainSoonToOneWhoDidNotHearIt() {
        said(published("m"));

        assertEquals(List.of("m"), carol.received);
    }

    @Test
    void shouldRefuseWhatIsPlayedAgainAfterTheWindowWhateverAgeItStates() {
        ByteBuffer body = published("m");
        time.advance(Duration.ofSeconds(241));
        FakeLink link = said(body);

        assertEquals(List.of(), carol.received);
        assertEquals(1, carol.snapshot().ignored());
        assertEquals(0, carol.reputation.score(mallory.id).value());
        assertNull(link.closed);
    }

    /** Read in one go, so that the link cannot end before. */
    @Test
    void shouldCheckNoMoreSignaturesOfAPeerThatIsBannedByThem() throws Exception {
        FakeLink link = said(published("m"));
        byte[] forged = published("n").array();
        forged[seal() + SEAL - 1] ^= 1;

        for (int i = 0; i < 100; i++) {
            forged[forged.length - 1] = (byte) i;
            link.receiver.frame(FrameType.GOSSIP, 0, ByteBuffer.wrap(forged.clone()));
        }
        link.receiver.readComplete();

        assertEquals(1 - 25 * 20 - 20, carol.reputation.score(mallory.id).value());
        assertEquals(74, carol.snapshot().ignored());
    }

    @Test
    void shouldRefuseWhatIsSignedForLater() {
        alice.clockError = 241_000;
        said(published("m"));

        assertEquals(List.of(), carol.received);
        assertEquals(1, carol.snapshot().ignored());
    }

    /** Half of all times away: the difference has no absolute value. */
    @Test
    void shouldRefuseWhatIsSignedForTheFarthestTime() {
        alice.clockError = Long.MIN_VALUE;
        said(published("m"));

        assertEquals(List.of(), carol.received);
        assertEquals(1, carol.snapshot().ignored());
    }

    /** A copy with another time has a wrong signature. */
    @Test
    void shouldRefuseAnotherTimeAndBlameItsSender() {
        ByteBuffer body = published("m");
        time.advance(Duration.ofSeconds(241));
        ByteBuffer later = ByteBuffer.wrap(body.array().clone());
        later.putLong(seal() + TIME, FakeNode.EPOCH + time.nanos() / 1_000_000);
        said(later);

        assertEquals(List.of(), carol.received);
        assertEquals(-20, carol.reputation.score(mallory.id).value());
        assertEquals(1, carol.snapshot().rejected());
    }

    @Test
    void shouldRefuseASealThatWasChangedAnywhereAndThenTakeTheTrueCopy() {
        ByteBuffer body = published("m");
        for (int at = 0; at < SEAL; at += 5) {
            ByteBuffer changed = ByteBuffer.wrap(body.array().clone());
            int index = seal() + at;
            changed.put(index, (byte) (changed.get(index) ^ 1));
            said(changed);
        }

        assertEquals(List.of(), carol.received);
        said(body);
        assertEquals(List.of("m"), carol.received);
    }

    @Test
    void shouldIgnoreWhatIsNotSigned() {
        mallory.connect(carol);
        mallory.publish("m");
        time.advance(Duration.ofSeconds(1));

        assertEquals(List.of(), carol.received);
        assertEquals(0, carol.reputation.score(mallory.id).value());
    }

    @Test
    void shouldTakeSignedMessagesUnreadWhereNoneAreRequired() {
        List<Optional<PeerId>> publishers = new ArrayList<>();
        FakeNode open = new FakeNode(time, 5);
        open.listen(message -> publishers.add(message.publisher()));
        alice.connect(open);
        alice.publish("m");
        time.advance(Duration.ofSeconds(1));

        assertEquals(List.of("m"), open.received);
        assertEquals(List.of(Optional.empty()), publishers);
    }

    @Test
    void shouldSendNothingOfThatWhileItIsOff() {
        FakeNode off = new FakeNode(time, 5);
        off.connect(mallory);
        ByteBuffer body = off.body(off.publish("m").id().orElseThrow());

        assertEquals(28 + FakeNode.TOPIC.length() + 1, body.remaining());
        assertFalse(body.get(1) < 0);
    }

    @Test
    void shouldCloseOnASealThatIsCutShort() {
        ByteBuffer body = published("m");

        FakeLink link = said(body.duplicate().limit(seal() + SEAL - 1));

        assertEquals(GoodbyeReason.PROTOCOL_ERROR, link.closed);
    }
}
