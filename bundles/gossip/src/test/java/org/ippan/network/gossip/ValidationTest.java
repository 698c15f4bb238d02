// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

class ValidationTest {

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode alice = new FakeNode(time, 1);
    private final FakeNode bob = new FakeNode(time, 2);
    private final FakeNode carol = new FakeNode(time, 3);
    /** Validations that wait for a thread of the node made by {@link #nodeWithIdleThreads}. */
    private final ArrayDeque<Runnable> validations = new ArrayDeque<>();

    private static void validate(FakeNode node, Function<String, Verdict> validator) {
        node.validate("*", message -> validator.apply(FakeNode.text(message)));
    }

    /** A node whose validators run when the test says so. */
    private FakeNode nodeWithIdleThreads() {
        FakeNode node = new FakeNode(time, 4);
        node.core = new GossipCore(node.environment(validations::add, time), node.settings(), FakeNode.TAG::clone,
                (type, text) -> { });
        node.core.reputation(node.reputation);
        node.core.deduplicator(node.dedup);
        node.listen(message -> node.received.add(FakeNode.text(message)));
        return node;
    }

    @Test
    void shouldRelayAndDeliverOnlyWhatIsAccepted() {
        alice.connect(bob);
        bob.connect(carol);
        validate(bob, text -> text.startsWith("good") ? Verdict.ACCEPT : Verdict.IGNORE);

        alice.publish("good");
        alice.publish("bad");
        time.advance(Duration.ofSeconds(3));

        assertEquals(List.of("good"), bob.received);
        assertEquals(List.of("good"), carol.received);
        assertEquals(1, bob.snapshot().ignored());
        assertEquals(1, bob.reputation.score(alice.id).value());
        assertEquals(0, bob.snapshot().validationQueued());
    }

    /** From neutral, the 25th rejected message bans. */
    @Test
    void shouldHaveAPeerBannedAtItsTwentyFifthRejectedMessage() {
        alice.connect(bob);
        validate(bob, text -> Verdict.REJECT);

        for (int i = 0; i < 24; i++) {
            alice.publish("m" + i);
        }
        time.advance(Duration.ofSeconds(1));
        Standing before = bob.reputation.score(alice.id).standing();
        alice.publish("last");
        time.advance(Duration.ofSeconds(1));

        assertEquals(Standing.WARNED, before);
        assertEquals(Standing.BANNED, bob.reputation.score(alice.id).standing());
        assertEquals(List.of(), bob.received);
        assertEquals(25, bob.snapshot().rejected());
    }

    @Test
    void shouldPunishEachFurtherPeerThatDeliversARejectedMessage() {
        FakeNode node = nodeWithIdleThreads();
        validate(node, text -> Verdict.REJECT);
        List<FakeNode> senders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            senders.add(new FakeNode(time, 20 + i));
            senders.get(i).connect(node);
        }

        senders.get(0).publish("x");
        senders.get(1).publish("x");
        time.advance(Duration.ofMillis(100));
        validations.remove().run();
        senders.get(2).publish("x");
        time.advance(Duration.ofMillis(100));
        senders.get(3).publish("y");
        time.advance(Duration.ofMillis(100));

        assertEquals(-20, node.reputation.score(senders.get(0).id).value());
        assertEquals(-20, node.reputation.score(senders.get(1).id).value());
        assertEquals(-20, node.reputation.score(senders.get(2).id).value());
        assertEquals(0, node.reputation.score(senders.get(3).id).value());
        assertEquals(3, node.snapshot().rejected());
    }

    @Test
    void shouldKeepTheOrderOfASenderWhateverOrderValidatorsFinishIn() {
        FakeNode node = nodeWithIdleThreads();
        validate(node, text -> text.equals("m2") ? Verdict.IGNORE : Verdict.ACCEPT);
        alice.connect(node);
        for (int i = 0; i < 5; i++) {
            alice.publish("m" + i);
        }
        time.advance(Duration.ofMillis(100));

        while (!validations.isEmpty()) {
            validations.removeLast().run();
            time.runDue();
        }

        assertEquals(List.of("m0", "m1", "m3", "m4"), node.received);
        assertEquals(0, node.snapshot().validationQueued());
        assertEquals(0, node.snapshot().validationBytes());
    }

    @Test
    void shouldCountAValidatorThatThrowsOrReturnsNothingAsIgnore() {
        alice.connect(bob);
        validate(bob, text -> {
            if (text.equals("null")) {
                return null;
            }
            throw new IllegalStateException(text);
        });

        alice.publish("null");
        alice.publish("throw");
        time.advance(Duration.ofSeconds(1));

        assertEquals(2, bob.snapshot().validatorFailures());
        assertEquals(2, bob.snapshot().ignored());
        assertEquals(0, bob.reputation.score(alice.id).value());
        assertEquals(0, bob.snapshot().validationQueued());
    }

    @Test
    void shouldAskValidatorsByRankingUntilOneDoesNotAccept() {
        List<String> asked = new ArrayList<>();
        bob.core.subscriptions.validator(message -> {
            asked.add("low");
            return Verdict.ACCEPT;
        }, Map.of(MessageValidator.TOPIC, "*", "service.ranking", 1));
        bob.core.subscriptions.validator(message -> {
            asked.add("high");
            return FakeNode.text(message).equals("x") ? Verdict.IGNORE : Verdict.ACCEPT;
        }, Map.of(MessageValidator.TOPIC, "test", "service.ranking", 2));
        bob.core.subscriptions.validator(message -> {
            asked.add("other");
            return Verdict.REJECT;
        }, Map.of(MessageValidator.TOPIC, "other/*", "service.ranking", 3));
        alice.connect(bob);

        alice.publish("x");
        alice.publish("y");
        time.advance(Duration.ofSeconds(1));

        assertEquals(List.of("high", "high", "low"), asked);
        assertEquals(List.of("y"), bob.received);
    }

    @Test
    void shouldStopReadingASenderWhoseMessagesWaitForQuickValidators() {
        FakeNode node = nodeWithIdleThreads();
        node.set("validationQueueMessages", "40");
        node.set("validatorThreads", "1");
        validate(node, text -> Verdict.ACCEPT);
        FakeLink link = alice.connect(node);
        for (int i = 0; i < 30; i++) {
            alice.publish("m" + i);
        }

        time.advance(Duration.ofMillis(200));
        assertEquals(10, node.snapshot().validationQueued());
        assertEquals(10, node.dedup.size());
        assertTrue(node.snapshot().throttled());
        assertFalse(link.other.reads());
        for (int i = 0; i < 200; i++) {
            if (!validations.isEmpty()) {
                validations.remove().run();
            }
            time.advance(Duration.ofMillis(10));
        }

        assertEquals(30, node.received.size());
        assertTrue(link.other.reads());
        assertFalse(node.snapshot().throttled());
        assertEquals(0, node.snapshot().ignored());
        assertEquals(0, alice.snapshot().lazyLinks());
    }
}
