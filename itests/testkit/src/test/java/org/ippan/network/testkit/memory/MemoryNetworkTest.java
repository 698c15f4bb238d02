// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.gossip.SettledResult;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.request.Replier;
import org.ippan.network.api.request.Requester;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** The network in memory keeps the promises that applications rely on. */
class MemoryNetworkTest {

    private static final Topic NEWS = Topic.of("news");

    private final ManualScheduler time = new ManualScheduler();
    private final MemoryNetwork network = new MemoryNetwork(time);
    private final MemoryNode paris = network.join();
    private final MemoryNode tokyo = network.join();
    private final List<String> heard = new ArrayList<>();

    private static Message message(String text) {
        return Message.of(NEWS, text.getBytes(UTF_8));
    }

    private void hear(MemoryNode node) {
        node.subscribe("news", message -> heard.add(new String(message.payloadBytes(), UTF_8)));
    }

    private void pass(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    @Test
    void shouldDeliverOnceAtEveryOtherNodeAfterTheDelay() {
        MemoryNode quito = network.join();
        List.of(paris, tokyo, quito).forEach(this::hear);
        network.delay(Duration.ofMillis(100));

        PublishResult first = paris.publish(message("a"));
        PublishResult again = paris.publish(message("a"));
        pass(99);
        int early = heard.size();
        pass(1000);

        assertEquals(Status.ACCEPTED, first.status());
        assertEquals(new PublishResult(Status.DUPLICATE, first.id()), again);
        assertEquals(0, early);
        assertEquals(List.of("a", "a"), heard);
    }

    @Test
    void shouldRelayRoundACutAndTellHowFarAMessageCame() {
        MemoryNode quito = network.join();
        network.cut(paris, quito);
        List<ReceivedMessage> received = new ArrayList<>();
        quito.subscribe("*", received::add);

        paris.publish(message("a"));
        pass(100);

        assertEquals(1, received.get(0).hops());
        assertEquals(tokyo.id(), received.get(0).deliveredBy());
        assertEquals(Duration.ofMillis(20), received.get(0).age());
    }

    @Test
    void shouldRepairWhatANodeMissedButNothingOlderThanTheCache() {
        MemoryNode quito = network.join();
        hear(quito);
        network.cut(paris, quito);
        network.cut(tokyo, quito);
        paris.publish(message("old"));
        pass(30_000);
        paris.publish(message("young"));
        pass(40_000);

        network.heal();
        pass(100);

        assertEquals(List.of("young"), heard);
    }

    @Test
    void shouldDeliverAndRelayOnlyWhatValidatorsAccept() {
        MemoryNode quito = network.join();
        network.cut(paris, quito);
        hear(tokyo);
        hear(quito);
        tokyo.validate("news", message -> message.payload().remaining() == 1 ? Verdict.ACCEPT : Verdict.REJECT);

        paris.publish(message("a"));
        paris.publish(message("bad"));
        pass(100);

        assertEquals(List.of("a", "a"), heard);
    }

    @Test
    void shouldIsolateAListenerThatThrowsAndKeepWhatItThrew() {
        RuntimeException failure = new IllegalStateException("a bug");
        tokyo.subscribe("news", message -> {
            throw failure;
        });
        hear(tokyo);

        paris.publish(message("a"));
        pass(100);

        assertEquals(List.of("a"), heard);
        assertEquals(List.of(failure), tokyo.failures());
    }

    @Test
    void shouldRefuseAsANodeDoes() {
        paris.busy(true);
        CompletableFuture<Void> writable = paris.whenWritable(Priority.NORMAL).toCompletableFuture();

        assertEquals(Status.BACKPRESSURE, paris.publish(message("a")).status());
        assertFalse(writable.isDone());
        paris.busy(false);
        assertTrue(writable.isDone());
        assertEquals(Status.TOO_LARGE, paris.publish(message("x".repeat((1 << 20) + 1))).status());
        tokyo.close();
        assertEquals(Status.NO_PEERS, paris.publish(message("a")).status());
        assertEquals(Status.CLOSED, tokyo.publish(message("a")).status());
    }

    @Test
    void shouldPublishWhatWaitsForAPeerOrSayThatNoneCame() {
        tokyo.close();
        CompletableFuture<PublishResult> first = paris.publishAsync(message("a")).toCompletableFuture();
        pass(1000);
        hear(network.join());
        pass(1000);
        network.cut(paris, tokyo);

        assertEquals(Status.ACCEPTED, first.join().status());
        assertEquals(List.of("a"), heard);

        MemoryNode alone = new MemoryNetwork(time).join();
        CompletableFuture<PublishResult> never = alone.publishAsync(message("a")).toCompletableFuture();
        pass(60_000);
        assertEquals(Status.NO_PEERS, never.join().status());
    }

    @Test
    void shouldTellWhenAMessageIsSettled() {
        network.join().validate("news", message -> Verdict.IGNORE);

        CompletableFuture<SettledResult> future =
                paris.publishSettled(message("a"), Duration.ofSeconds(5)).toCompletableFuture();
        boolean early = future.isDone();
        pass(100);

        assertFalse(early);
        assertEquals(1, future.join().nodes());
        assertEquals(1, future.join().leftOut());
    }

    @Test
    void shouldLeaveOutAfterTheTimeOutWhatIsUnderWay() {
        network.delay(Duration.ofSeconds(10));

        CompletableFuture<SettledResult> future =
                paris.publishSettled(message("a"), Duration.ofSeconds(5)).toCompletableFuture();
        pass(5000);

        assertEquals(new SettledResult(future.join().result(), 0, 1), future.join());
    }

    @Test
    void shouldCarryQuestionsAndAnswers() throws Exception {
        tokyo.subscribe("ask", new Replier(() -> tokyo, new Random(1), question -> Optional.of(question)));
        Requester requester = new Requester(() -> paris, Topic.of("answers"), time, new Random(2));
        paris.subscribe("answers", requester);

        CompletableFuture<List<byte[]>> answers = requester.ask(Topic.of("ask"), "rain?".getBytes(UTF_8), 1,
                Duration.ofSeconds(1)).toCompletableFuture();
        pass(100);

        assertEquals("rain?", new String(answers.get(0, TimeUnit.SECONDS).get(0), UTF_8));
    }
}
