// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verdicts that come when the link that brought their message has ended. */
class LateVerdictTest {

    private static final Duration SOON = Duration.ofMillis(100);

    private final ManualScheduler time = new ManualScheduler();
    /** Validations that wait for a thread. */
    private final ArrayDeque<Runnable> validations = new ArrayDeque<>();
    private final MessageValidator validator = message -> Verdict.ACCEPT;
    private final FakeNode node = new FakeNode(time, 1);
    private final FakeNode sender = new FakeNode(time, 2);
    private final FakeNode reader = new FakeNode(time, 3);

    @BeforeEach
    void connect() {
        node.core = new GossipCore(node.environment(validations::add, time), node.settings(), FakeNode.TAG::clone,
                (type, text) -> { });
        node.core.deduplicator(node.dedup);
        node.validate("*", validator);
        node.connect(sender);
        node.connect(reader);
        time.advance(SOON);
    }

    private void judge() {
        validations.remove().run();
        time.advance(SOON);
    }

    @Test
    void shouldSendTheMessageToAPeerThatHasTheNumberOfTheLinkThatBroughtIt() {
        sender.publish("late");
        time.advance(SOON);
        node.links.get(0).close(null, "");
        time.advance(Duration.ofSeconds(2));
        FakeNode next = new FakeNode(time, 4);
        node.connect(next);
        time.advance(SOON);

        judge();

        assertEquals(0, node.link(2).slot());
        assertEquals(List.of("late"), next.received);
        assertEquals(List.of("late"), reader.received);
    }

    /** Those behind this node get them by one path, in the order in which they came here. */
    @Test
    void shouldRelayTheMessagesOfATopicInOrderWhicheverIsJudgedFirst() {
        sender.publish("first");
        sender.publish("second");
        time.advance(SOON);
        validations.removeLast().run();
        time.advance(SOON);
        List<String> before = List.copyOf(reader.received);

        judge();

        assertEquals(List.of(), before);
        assertEquals(List.of("first", "second"), reader.received);
    }

    @Test
    void shouldRelayInOrderWhatComesAfterTheValidatorWentToo() {
        sender.publish("first");
        time.advance(SOON);
        node.validate("other", validator);
        sender.publish("second");
        time.advance(SOON);

        judge();

        assertEquals(List.of("first", "second"), reader.received);
        assertEquals(0, node.core.room.messages());
    }

    /** The log of a link that is gone is let go of when nothing is left of it. */
    @Test
    void shouldRelayTheMessageThoughItsLogWasLetGoOf() {
        sender.publish("early");
        time.advance(SOON);
        judge();
        time.advance(Duration.ofSeconds(70));
        int kept = node.outbound(1).cursors().length;
        sender.publish("late");
        time.advance(SOON);
        node.links.get(0).close(null, "");
        time.advance(Duration.ofSeconds(3));
        int left = node.outbound(1).cursors().length;

        judge();

        assertEquals(List.of(1, 0), List.of(kept, left));
        assertEquals(List.of("early", "late"), reader.received);
    }
}
