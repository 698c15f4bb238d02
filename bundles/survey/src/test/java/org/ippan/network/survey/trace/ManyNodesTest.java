// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.trace;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.trace.MessageTrace;
import org.ippan.network.survey.own.OwnStatus;
import org.ippan.network.survey.own.Sharing;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.Records;
import org.ippan.network.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

/** What one question causes in a network of a thousand nodes that all have the message. */
class ManyNodesTest {

    private static final int NODES = 1000;
    private static final MessageId MESSAGE = Peers.messageId(7);

    private final ManualScheduler time = new ManualScheduler();
    private final List<byte[]> answers = new ArrayList<>();

    private NetworkTracing node(int number) {
        TestIdentity identity = Forgery.stranger(number);
        NetworkTracing.Here here = new NetworkTracing.Here() {

            @Override
            public Optional<OwnStatus.Moment> moment() {
                return Optional.of(new OwnStatus.Moment(identity, new byte[16], List.of(), new Sharing(true, "")));
            }

            @Override
            public int telling() {
                return NODES;
            }

            @Override
            public List<NetworkNode> nodes() {
                return List.of();
            }

            @Override
            public boolean publish(Topic topic, byte[] payload) {
                return answers.add(payload);
            }
        };
        return new NetworkTracing(here, id -> Optional.of(Records.of(MessageTrace.class, Map.of("id", id, "topic",
                "news"))), time, time, new Random(number));
    }

    @Test
    void shouldBeAnsweredByAbout200NodesIn20Seconds() {
        byte[] question = Forgery.question(Forgery.stranger(5000), 1, MESSAGE);
        for (int i = 0; i < NODES; i++) {
            node(i).heed(question, time.nanos());
        }

        int most = 0;
        for (int second = 0; second < 21; second++) {
            int before = answers.size();
            time.advance(Duration.ofSeconds(1));
            most = Math.max(most, answers.size() - before);
        }

        long bytes = answers.stream().mapToLong(answer -> answer.length).sum();
        assertTrue(answers.size() > 150 && answers.size() < 250, answers.size() + " answers");
        assertTrue(most < 30 && bytes < 50_000, most + " answers in a second, " + bytes + " bytes in all");
        int all = answers.size();
        time.advance(Duration.ofSeconds(60));
        assertTrue(answers.size() == all, "later ones");
    }
}
