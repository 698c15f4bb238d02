// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.Topic;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.codec.CodecWorker;
import org.ippan.network.api.codec.PayloadCodec;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Application code that hangs on threads that others need: codecs, and what follows when a message is settled. */
@Tag(Nodes.WAITING)
class HungCallsIT {

    private static final String HERE = HungCallsIT.class.getName();
    private static final String PEERS = "org.ippan.network.peers";
    private static final int MESSAGES = 50;
    /** Long enough to be compressed. */
    private static final int PAYLOAD_BYTES = 2048;

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Logged logged = new Logged();

    private final AtomicInteger got = new AtomicInteger();
    private final AtomicInteger plain = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private IppanNode sender;
    private IppanNode receiver;

    @AfterEach
    void release() {
        over.countDown();
    }

    private void start() {
        sender = nodes.embed("sender", builder -> builder.set(PEERS, "outboundTarget", "0"));
        receiver = nodes.embed("receiver", builder -> builder.set("org.ippan.network.transport", "ioThreads", "2")
                .set(PEERS, "outboundTarget", "0"), Nodes.address(sender));
        Eventually.until("gossip speaks over the link", Nodes.SOON, () -> sender.gossip().snapshot().links() == 1
                && receiver.gossip().snapshot().links() == 1);
        receiver.subscribe("long", message -> got.incrementAndGet());
        receiver.subscribe("short", message -> plain.incrementAndGet());
    }

    private IppanNode embed(String name) {
        return nodes.embed(name, builder -> builder.set(PEERS, "outboundTarget", "0"), Nodes.address(receiver));
    }

    private void publishLong() {
        byte[] text = new byte[PAYLOAD_BYTES];
        Random random = new Random(1);
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ('a' + random.nextInt(4));
        }
        for (int i = 0; i < MESSAGES; i++) {
            Message message = Message.of(Topic.of("long"), text).withNonce(i + 1);
            Eventually.until("it is accepted", Nodes.SOON, () -> sender.gossip().publish(message).accepted());
        }
    }

    private void awaitGot() {
        Eventually.until(() -> got + " of " + MESSAGES, Nodes.SOON, () -> got.get() == MESSAGES);
    }

    private void hang(boolean ignoresInterrupts) {
        while (over.getCount() > 0 && (ignoresInterrupts || !Thread.interrupted())) {
            LockSupport.parkNanos(Nodes.HANGING_NANOS);
        }
    }

    /** In place of the built-in one; it hangs as soon as it is asked for anything. */
    private final class HungCodec implements PayloadCodec {

        private final boolean ignoresInterrupts;

        HungCodec(boolean ignoresInterrupts) {
            this.ignoresInterrupts = ignoresInterrupts;
        }

        @Override
        public int number() {
            return DEFLATE;
        }

        @Override
        public String name() {
            return "hung";
        }

        @Override
        public CodecWorker newWorker() {
            return new CodecWorker() {
                @Override
                public int compress(byte[] raw, byte[] target, int limit) {
                    hang(ignoresInterrupts);
                    return TOO_LONG;
                }

                @Override
                public boolean inflate(ByteBuffer packed, byte[] raw) {
                    hang(ignoresInterrupts);
                    return false;
                }

                @Override
                public void close() {
                    hang(ignoresInterrupts);
                }
            };
        }
    }

    private void register(IppanNode node, boolean ignoresInterrupts) {
        node.register(PayloadCodec.class, new HungCodec(ignoresInterrupts), Map.of("service.ranking", 100));
    }

    private static void isGivenUp(IppanNode node) {
        Diagnosis.of(node).tells("FAIL applications: The codec " + HERE + "… failed and is not used any more: a call"
                + " did not return within 3 s and was interrupted, thread=…. Correct the application, and restart its"
                + " bundle.");
    }

    @Test
    void shouldGiveUpACodecThatHangsAndDeliverEverything() {
        start();
        register(receiver, false);
        register(sender, false);

        publishLong();

        awaitGot();
        isGivenUp(sender);
        isGivenUp(receiver);
    }

    @Test
    void shouldKeepTheOtherLinksOfANodeWhoseCodecNeverReturns() {
        start();
        // Links take turns at the two threads.
        List<IppanNode> others = List.of(embed("other"), embed("another"));
        Eventually.until("they have links", Nodes.SOON, () -> receiver.gossip().snapshot().links() == 3
                && others.stream().allMatch(each -> each.gossip().snapshot().links() == 1));
        register(receiver, true);

        publishLong();

        Diagnosis.of(receiver).tells("FAIL applications: The codec " + HERE + "… has not returned from a call for 10 s"
                + " or more: thread=…. It ignored the interrupt after 3 s, and the links of its thread stand still"
                + " until it returns. The log shows where it is; correct the application, restart its bundle, and then"
                + " org.ippan.network.transport.");
        others.forEach(each -> each.gossip().publish(Message.of(Topic.of("short"), each.id().toString()
                .getBytes())));
        Eventually.until("what comes by the other thread is delivered", Nodes.SOON, () -> plain.get() > 0);
        over.countDown();
        awaitGot();
    }

    /** Its thread is lost whether an operator asks or not, and after it went. */
    @Test
    void shouldNameAListenerThatHangsUnaskedAndAfterItWent() {
        start();
        IppanNode.Registration hung = receiver.subscribe("hung", message -> hang(true));
        Eventually.until("it is accepted", Nodes.SOON, () -> sender.gossip().publish(Message.of(Topic.of("hung"),
                new byte[1])).accepted());

        logged.says("The listener " + HERE, " of hung has not returned from a call for 10 s; its thread is lost until"
                + " it does");
        hung.close();

        Diagnosis.of(receiver).tells("WARN applications: The listener " + HERE + "… of hung has not returned from a"
                + " call for 10 s or more: thread=…. Its thread is lost until it returns, and what is for it waits. The"
                + " log shows where it is; correct the application, and restart its bundle.");
        over.countDown();
        Eventually.until("it has returned", Nodes.SOON, () -> receiver.findAll(CallbackFaultSource.class).stream()
                .allMatch(source -> source.callbackFaults().isEmpty()));
    }

    /** It hangs when it is told of a link. */
    private final class HungHandler implements ProtocolHandler {

        @Override
        public Set<FrameType> frameTypes() {
            return Set.of(FrameType.HOLD);
        }

        @Override
        public int maxMessageBytes() {
            return 1024;
        }

        @Override
        public FrameReceiver linkUp(PeerLink link, boolean fresh) {
            hang(true);
            throw new IllegalStateException("it is over");
        }
    }

    /** Peers come and are heard all the same. */
    @Test
    void shouldNameAProtocolHandlerThatHangsWhenItIsToldOfALink() {
        start();
        receiver.register(ProtocolHandler.class, new HungHandler(), Map.of());

        IppanNode late = embed("late");

        Eventually.until("it is linked", Nodes.SOON, () -> late.gossip().snapshot().links() == 1);
        Eventually.until("it is accepted", Nodes.SOON, () -> late.gossip().publish(Message.of(Topic.of("short"),
                new byte[1])).accepted());
        Eventually.until("it is delivered", Nodes.SOON, () -> plain.get() == 1);
        logged.says("The handler " + HERE, " has not returned from a call for 10 s; its thread is lost until it does");
    }

    /** Each of them is a thread, all of them are one mistake. */
    @Test
    void shouldCountCompletionStagesThatHangAsOne() {
        start();
        AtomicBoolean asked = new AtomicBoolean();
        for (int i = 0; i < 6; i++) {
            byte[] payload = {(byte) i};
            // On a thread of its own, which hangs if the message is settled before that is waited for.
            Thread publisher = new Thread(() -> receiver.gossip().publishSettled(Message.of(Topic.of("sent"), payload),
                    Duration.ofSeconds(30)).thenRun(() -> {
                        asked.set(true);
                        hang(true);
                    }));
            publisher.setDaemon(true);
            publisher.start();
        }
        Eventually.until("one hangs", Nodes.SOON, asked::get);

        Diagnosis.of(receiver).finds("WARN applications: The completion stage " + HERE + "… has not returned from #"
                + " calls for 10 s or more: thread=…. Their threads are lost until they return, and what is for it"
                + " waits. The log shows where it is; correct the application, and restart its bundle.");
        logged.says("The completion stage " + HERE, " has not returned from a call for 10 s; its thread is lost until"
                + " it does");
    }
}
