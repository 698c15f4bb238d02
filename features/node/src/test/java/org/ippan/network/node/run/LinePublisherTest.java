// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.junit.jupiter.api.Test;

class LinePublisherTest {

    private final Deque<Status> answers = new ArrayDeque<>();
    private final List<String> published = new ArrayList<>();
    private final List<Long> nonces = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private int stopAfter = Integer.MAX_VALUE;

    /** Answers as told, then always that it took the message. */
    private final Gossip gossip = (Gossip) Proxy.newProxyInstance(Gossip.class.getClassLoader(),
            new Class<?>[] {Gossip.class}, (proxy, method, arguments) -> switch (method.getName()) {
                case "publish" -> publish((Message) arguments[0]);
                case "whenWritable" -> {
                    calls.add("whenWritable");
                    yield CompletableFuture.completedFuture(null);
                }
                default -> throw new UnsupportedOperationException(method.getName());
            });

    private final LinePublisher.Progress progress = new LinePublisher.Progress() {

        @Override
        public void at(long accepted, long refused) {
            calls.add("at " + accepted);
        }

        @Override
        public void refused(Line line) {
            calls.add("refused " + line.number());
        }

        @Override
        public boolean stopped(long millis) {
            calls.add("stopped? " + millis);
            return --stopAfter <= 0;
        }
    };

    private PublishResult publish(Message message) {
        Status status = answers.isEmpty() ? Status.ACCEPTED : answers.poll();
        if (status == Status.ACCEPTED) {
            published.add(new String(message.payload(), StandardCharsets.UTF_8));
            nonces.add(message.nonce());
        }
        return new PublishResult(status, Optional.empty());
    }

    private LinePublisher.Result publish(String text) throws Exception {
        return new LinePublisher(() -> Optional.of(gossip), Topic.of("t"), Long.MAX_VALUE, progress)
                .publish(new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 10));
    }

    @Test
    void shouldPublishEqualAndEmptyLinesAsMessagesOfTheirOwn() throws Exception {
        LinePublisher.Result result = publish("a\n\na\n");

        assertEquals(new LinePublisher.Result(3, 0, true), result);
        assertEquals(List.of("a", "", "a"), published);
        assertEquals(List.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MIN_VALUE + 2), nonces);
    }

    @Test
    void shouldTryALineAgainUntilThereIsRoomPeersAndAService() throws Exception {
        answers.addAll(List.of(Status.BACKPRESSURE, Status.NO_PEERS, Status.CLOSED, Status.ACCEPTED, Status.DUPLICATE));

        LinePublisher.Result result = publish("a\nb\nc");

        assertEquals(new LinePublisher.Result(3, 0, true), result);
        assertEquals(List.of("a", "c"), published);
        assertEquals(List.of("whenWritable", "stopped? 0", "at 0", "stopped? 100", "at 0", "stopped? 100", "at 0",
                "at 1", "at 2", "at 3"), calls);
    }

    @Test
    void shouldNameALineThatIsTooLongAndGoOn() throws Exception {
        answers.addAll(List.of(Status.ACCEPTED, Status.TOO_LARGE));

        LinePublisher.Result result = publish("a\nbb\n12345678901\nc\n");

        assertEquals(new LinePublisher.Result(2, 2, true), result);
        assertTrue(calls.containsAll(List.of("refused 2", "refused 3")), calls.toString());
        assertEquals(List.of("a", "c"), published);
    }

    @Test
    void shouldGiveUpWhenTheNodeStops() throws Exception {
        answers.addAll(List.of(Status.ACCEPTED, Status.NO_PEERS, Status.NO_PEERS, Status.NO_PEERS));
        stopAfter = 2;

        LinePublisher.Result result = publish("a\nb\n");

        assertEquals(new LinePublisher.Result(1, 0, false), result);
    }
}
