// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.survey.NetworkTrace;
import org.ippan.network.api.survey.NetworkTrace.Phase;
import org.ippan.network.api.survey.NodeTrace;
import org.ippan.network.api.survey.NodeTrace.Fate;
import org.ippan.network.api.survey.TraceIgnored;
import org.ippan.network.api.trace.MessageTrace;
import org.ippan.network.api.trace.MessageTrace.Judged;
import org.ippan.network.survey.Village.House;
import org.ippan.network.survey.settings.SurveySettings;
import org.ippan.network.survey.trace.Forgery;
import org.ippan.network.survey.trace.NetworkTracing;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.Records;
import org.ippan.network.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

/** Questions after messages, and answers, between several nodes; and nodes that ask without end, or forge. */
class NetworkTracingTest {

    private static final MessageId MESSAGE = Peers.messageId(7);

    private final Village village = Village.ring(5, 1, Map.of());
    private final House first = village.houses.get(0);

    /** The message goes from node 2 by 1 to 0, and by 3 to 4, which rejects it. */
    private void relay() {
        village.pass(25);
        came(2, Optional.empty(), 0, 0, List.of());
        came(1, Optional.of(2), 0, 5, List.of("a.Ledger", "b.Archive"));
        came(3, Optional.of(2), 0, 4, List.of());
        came(0, Optional.of(1), 1, 31, List.of("a.Ledger"));
        village.houses.get(4).cache.put(MESSAGE, MessageTrace.of(MESSAGE, Judged.REJECTED));
    }

    private void came(int at, Optional<Integer> from, int hops, int age, List<String> listeners) {
        village.houses.get(at).cache.put(MESSAGE, Records.of(MessageTrace.class, Map.of("id", MESSAGE, "topic", "news",
                "from", from.map(number -> village.houses.get(number).identity.id()), "hops", hops, "age",
                Duration.ofMillis(age), "listeners", listeners)));
    }

    private static String id(House house) {
        return house.identity.id().toString().substring(0, 16);
    }

    private static Map<String, NodeTrace> byId(NetworkTrace trace) {
        return trace.nodes().stream().collect(Collectors.toMap(NodeTrace::id, each -> each));
    }

    private void passSeconds(double seconds) {
        village.time.advance(Duration.ofMillis((long) (1000 * seconds)));
    }

    @Test
    void shouldShowTheWayOfAMessageWithinASecond() {
        relay();
        assertEquals(Phase.ASKING, first.survey.trace(MESSAGE).phase());
        passSeconds(1);

        NetworkTrace way = first.survey.trace(MESSAGE);

        assertEquals(Phase.DONE, way.phase());
        assertEquals("4 of 4 other nodes told.", way.note());
        NodeTrace begin = way.nodes().get(0);
        assertEquals(Fate.PUBLISHED, begin.fate());
        assertEquals(id(village.houses.get(2)), begin.id());
        NodeTrace own = byId(way).get(id(first));
        assertEquals(2, own.depth());
        assertTrue(own.own() && own.slowest() && own.full() && begin.slowest());
        assertEquals(Duration.ofMillis(31), own.age());
        assertEquals(List.of("a.Ledger", "b.Archive"), byId(way).get(id(village.houses.get(1))).listeners());
        assertEquals(Fate.NO_LISTENER, byId(way).get(id(village.houses.get(3))).fate());
        NodeTrace last = byId(way).get(id(village.houses.get(4)));
        assertEquals(Fate.REJECTED, last.fate());
        assertEquals("neither relayed nor delivered: rejected by a validator", last.text());
        assertEquals(1, first.survey.snapshot().questionsAsked());
        assertEquals(1, village.houses.get(1).survey.snapshot().questionsAnswered());
    }

    @Test
    void shouldShowANodeThatDoesNotAnswerWhereOthersHaveTheMessageFromIt() {
        relay();
        village.houses.get(1).cache.clear();
        first.survey.trace(MESSAGE);
        passSeconds(4);

        NetworkTrace way = first.survey.trace(MESSAGE);

        assertEquals(Phase.DONE, way.phase());
        assertEquals("3 of 4 other nodes told; the others do not have the message, or no longer, or told of another one"
                + " less than 30 s ago.", way.note());
        assertEquals(Fate.SILENT, byId(way).get(id(village.houses.get(1))).fate());
    }

    @Test
    void shouldAskAfterAnotherMessageWhenItsTurnComes() {
        relay();
        MessageId other = Peers.messageId(8);
        first.survey.trace(MESSAGE);
        passSeconds(4);

        NetworkTrace early = first.survey.trace(other);
        assertEquals(Phase.WAITING, early.phase());
        assertEquals("The network was asked after another message; it is asked after this one in 29 s.", early.note());
        passSeconds(29);
        assertEquals(Phase.ASKING, first.survey.trace(other).phase());
        assertEquals(2, first.survey.snapshot().questionsAsked());
    }

    @Test
    void shouldAnswerOnceIn30SecondsWhicheverNodeAsks() {
        relay();
        first.survey.trace(MESSAGE);
        passSeconds(2);
        village.houses.get(2).survey.trace(MESSAGE);
        passSeconds(2);

        assertEquals(1, village.houses.get(1).survey.snapshot().questionsAnswered());
        passSeconds(30);
        village.houses.get(3).survey.trace(MESSAGE);
        passSeconds(2);
        assertEquals(2, village.houses.get(1).survey.snapshot().questionsAnswered());
    }

    @Test
    void shouldNeitherAskNorAnswerWhereItIsNotToShare() {
        relay();
        House off = village.houses.get(1);
        off.survey.apply(SurveySettings.of(SurveySettings.SCHEMA.parse(Map.of("share", "off"))));
        village.pass(1);
        first.survey.trace(MESSAGE);
        passSeconds(4);

        assertEquals(0, off.survey.snapshot().questionsAnswered());
        NetworkTrace own = off.survey.trace(MESSAGE);
        assertEquals(Phase.OFF, own.phase());
        assertEquals("The network is not asked, as this node tells it nothing either: share is off.", own.note());
        assertEquals(Fate.DELIVERED, byId(own).get(id(off)).fate());
    }

    @Test
    void shouldHeedFourQuestionsAtATimeHoweverManyIdentitiesAsk() {
        relay();
        House at = village.houses.get(1);
        for (int i = 0; i < 1000; i++) {
            village.flood(first, NetworkTracing.TOPIC, Forgery.question(TestIdentity.of(100 + i % 10), i, MESSAGE));
            passSeconds(.001);
        }
        passSeconds(2);

        assertEquals(1, at.survey.snapshot().questionsAnswered());
        Map<TraceIgnored, Long> ignored = at.survey.snapshot().tracesIgnored();
        assertEquals(996, village.houses.stream().filter(house -> house != first)
                .mapToLong(house -> house.survey.snapshot().tracesIgnored().get(TraceIgnored.BUSY)
                        + house.survey.snapshot().tracesIgnored().get(TraceIgnored.TOO_FAST)).max().orElseThrow());
        assertTrue(ignored.get(TraceIgnored.TOO_FAST) > 0 && ignored.get(TraceIgnored.BUSY) > 0, ignored.toString());
    }

    @Test
    void shouldTakeOneAnswerOfANodeAnd400InAllAndCheck100SignaturesASecond() {
        relay();
        House liar = village.houses.get(4);
        first.survey.trace(MESSAGE);
        passSeconds(2);
        byte[] question = first.traces.get(0);
        byte[] once = Forgery.answer(liar.identity, question, 9);
        assertEquals(Verdict.IGNORE, first.hear(NetworkTracing.TOPIC, once), "it has answered");
        for (int i = 0; i < 600; i++) {
            first.hear(NetworkTracing.TOPIC, Forgery.answer(Forgery.stranger(i), question, i));
            passSeconds(.02);
        }

        Map<TraceIgnored, Long> ignored = first.survey.snapshot().tracesIgnored();
        assertEquals(1 + 600 - 396, ignored.get(TraceIgnored.UNASKED));
        assertTrue(first.survey.trace(MESSAGE).nodes().size() <= 2 * 400);

        village.time.advance(Duration.ofSeconds(60));
        List<byte[]> ofAnother = village.houses.get(2).traces;
        village.houses.get(2).survey.trace(MESSAGE);
        byte[] forged = Forgery.answer(TestIdentity.of(99), ofAnother.get(ofAnother.size() - 1), 0);
        forged[forged.length - 1] ^= 1;
        for (int i = 0; i < 5000; i++) {
            first.hear(NetworkTracing.TOPIC, forged);
        }
        assertEquals(400, first.survey.snapshot().tracesIgnored().get(TraceIgnored.FORGED), 10);
    }

    @Test
    void shouldIgnoreWhatIsForgedOrAgainstTheFormat() {
        relay();
        byte[] question = Forgery.question(TestIdentity.of(77), 1, MESSAGE);
        for (int length = 0; length < question.length; length += 5) {
            assertEquals(Verdict.IGNORE, first.hear(NetworkTracing.TOPIC, Arrays.copyOf(question, length)));
        }
        byte[] forged = question.clone();
        forged[50] ^= 1;
        assertEquals(Verdict.IGNORE, first.hear(NetworkTracing.TOPIC, forged));
        assertEquals(Verdict.IGNORE, first.hear(NetworkTracing.TOPIC, new byte[600]));
        assertEquals(Verdict.ACCEPT, first.hear(NetworkTracing.TOPIC, question));
        assertEquals(Verdict.IGNORE, first.hear(NetworkTracing.TOPIC, question));
        assertTrue(first.survey.snapshot().tracesIgnored().get(TraceIgnored.FORGED) > 0);
    }
}
