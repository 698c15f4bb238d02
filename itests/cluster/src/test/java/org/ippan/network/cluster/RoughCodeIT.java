// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.address.AddressAdvertiser;
import org.ippan.network.api.codec.CodecWorker;
import org.ippan.network.api.codec.PayloadCodec;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.PeerDiscovery;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Code of applications that throws what no code should, leaves its thread interrupted or hangs: each is named with what
 * it costs and what to do, and all messages reach a good listener.
 */
@Tag(Nodes.WAITING)
class RoughCodeIT {

    private static final String HERE = RoughCodeIT.class.getName();
    private static final String CORRECT = " The log shows the stack trace; correct the application.";
    private static final String RESTART = " Correct the application, and restart its bundle.";
    private static final int MESSAGES = 50;
    /** Long enough to be compressed. */
    private static final int PAYLOAD_BYTES = 2048;

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Logged logged = new Logged();

    private final AtomicInteger got = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private IppanNode sender;
    private IppanNode receiver;
    private Diagnosis doctor;

    @BeforeEach
    void start() {
        sender = nodes.embed("sender");
        receiver = nodes.embed("receiver", builder -> builder.set("org.ippan.network.gossip",
                "validatorTimeoutSeconds", "1"), Nodes.address(sender));
        Eventually.until("gossip speaks over the link", Nodes.SOON, () -> sender.gossip().snapshot().links() == 1
                && receiver.gossip().snapshot().links() == 1);
        receiver.subscribe("*", message -> got.incrementAndGet());
        doctor = Diagnosis.of(receiver);
    }

    @AfterEach
    void release() {
        over.countDown();
    }

    private void sendAll(String... topics) {
        byte[] text = new byte[PAYLOAD_BYTES];
        Random random = new Random(1);
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ('a' + random.nextInt(4));
        }
        for (String topic : topics) {
            for (int i = 0; i < MESSAGES; i++) {
                Message message = Message.of(Topic.of(topic), text).withNonce(i + 1);
                Eventually.until("it is accepted", Nodes.SOON, () -> sender.gossip().publish(message).accepted());
            }
        }
    }

    private void awaitGot(int count) {
        Eventually.until(() -> got + " of " + count, Nodes.SOON, () -> got.get() == count);
    }

    private static void raise(Supplier<? extends Throwable> failure) {
        RoughCodeIT.<RuntimeException>sneak(failure.get());
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    private void isNamed(String what) {
        doctor.tells("WARN applications: The " + what);
    }

    @Test
    void shouldDeliverToTheOthersWhateverAListenerThrows() {
        Map<String, Supplier<Throwable>> failures = Map.of("deep", StackOverflowError::new, "dead", ThreadDeath::new,
                "full", () -> new OutOfMemoryError("Java heap space"), "checked", () -> new Exception("no database"),
                "hidden", () -> new NoClassDefFoundError("org/example/Gone"));
        failures.forEach((topic, failure) -> receiver.subscribe(topic, message -> raise(failure)));
        receiver.subscribe("interrupted", message -> Thread.currentThread().interrupt());

        sendAll("deep", "dead", "full", "checked", "hidden", "interrupted");

        awaitGot(6 * MESSAGES);
        failures.forEach((topic, failure) -> isNamed("listener " + HERE + "… of " + topic + " failed " + MESSAGES
                + " times, and it has not dealt with these messages: " + failure.get() + "." + CORRECT));
    }

    @Test
    void shouldIgnoreOnlyWhatARoughValidatorWasAskedFor() {
        receiver.validate("deep", message -> {
            raise(StackOverflowError::new);
            return Verdict.ACCEPT;
        });
        receiver.validate("none", message -> null);
        receiver.validate("interrupted", message -> {
            Thread.currentThread().interrupt();
            return Verdict.ACCEPT;
        });
        receiver.validate("slow", message -> {
            awaitTheEnd();
            return Verdict.ACCEPT;
        });

        sendAll("deep", "none", "interrupted", "plain");
        sender.gossip().publish(Message.of(Topic.of("slow"), new byte[1]));

        awaitGot(2 * MESSAGES);
        isNamed("validator " + HERE + "… of deep failed " + MESSAGES + " times, and these messages were ignored:"
                + " java.lang.StackOverflowError." + CORRECT);
        isNamed("validator " + HERE + "… of none failed " + MESSAGES + " times, and these messages were ignored:"
                + " java.lang.NullPointerException: returned no verdict." + CORRECT);
        isNamed("validator " + HERE + "… of slow was interrupted 1 time at its time-out, and these messages were"
                + " ignored: …. The log shows where it was; make it faster, or raise validatorTimeoutSeconds of"
                + " org.ippan.network.gossip.");
        logged.says("The validator " + HERE, " of slow took too long and was interrupted");
    }

    /** Ends when it is interrupted. */
    private void awaitTheEnd() {
        while (over.getCount() > 0 && !Thread.interrupted()) {
            LockSupport.parkNanos(Nodes.HANGING_NANOS);
        }
    }

    /** One that fails in the middle of a payload is not asked again; the built-in one does its work. */
    private static final class RoughCodec implements PayloadCodec {

        @Override
        public int number() {
            return DEFLATE;
        }

        @Override
        public String name() {
            return "rough";
        }

        @Override
        public CodecWorker newWorker() {
            throw new StackOverflowError();
        }
    }

    /** A protocol of frames that gossip does not send. */
    private static final class RoughHandler implements ProtocolHandler {

        @Override
        public Set<FrameType> frameTypes() {
            return Set.of(FrameType.HOLD);
        }

        @Override
        public int maxMessageBytes() {
            return 0;
        }

        @Override
        public FrameReceiver linkUp(PeerLink link, boolean fresh) {
            throw new StackOverflowError();
        }
    }

    @Test
    void shouldGoOnWithoutWhatOtherServicesFailToDo() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : beans.queryNames(new ObjectName("org.ippan.network:type=Node,*"), null)) {
            beans.addNotificationListener(name, (event, handback) -> raise(ThreadDeath::new), null, null);
        }
        sender.register(PayloadCodec.class, new RoughCodec(), Map.of("service.ranking", 100));
        receiver.register(PayloadCodec.class, new RoughCodec(), Map.of("service.ranking", 100));
        receiver.register(ProtocolHandler.class, new RoughHandler(), Map.of("service.ranking", 100));
        receiver.register(NetworkEventListener.class, event -> raise(StackOverflowError::new), Map.of());
        receiver.register(PeerDiscovery.class, found -> {
            raise(ThreadDeath::new);
            return () -> { };
        }, Map.of());
        receiver.register(AddressAdvertiser.class, () -> {
            raise(() -> new NoClassDefFoundError("org/example/Gone"));
            return List.of();
        }, Map.of());

        receiver.register(AddressAdvertiser.class, () -> null, Map.of());
        receiver.register(AddressAdvertiser.class, () -> Collections.singletonList(null), Map.of());
        receiver.register(AddressAdvertiser.class, () -> List.of(PeerAddress.parse("0.0.0.0:9700")), Map.of());

        sendAll("plain");
        receiver.service(ReputationAdmin.class).ban(PeerId.parse("ab".repeat(32)), Duration.ofHours(1), "a test");

        awaitGot(MESSAGES);
        for (IppanNode node : List.of(sender, receiver)) {
            Diagnosis.of(node).tells("FAIL applications: The codec " + HERE + "… failed and is not used any more:"
                    + " java.lang.StackOverflowError." + RESTART);
        }
        isNamed("handler " + HERE + "… failed # time…, and this work was not done: java.lang.StackOverflowError."
                + CORRECT);
        isNamed("event listener " + HERE + "… failed # time…, and it may have missed these events:"
                + " java.lang.StackOverflowError." + CORRECT);
        isNamed("notification listener " + HERE + "… failed # time…, and it may have missed these events:"
                + " java.lang.ThreadDeath." + CORRECT);
        isNamed("discovery " + HERE + "… failed # time…, and may not find peers: java.lang.ThreadDeath." + CORRECT);
        isNamed("advertiser " + HERE + "… failed # time…, and peers may not find this node:"
                + " java.lang.NoClassDefFoundError: org/example/Gone." + CORRECT);
        for (String wrong : List.of("java.lang.NullPointerException: no addresses", "java.lang.NullPointerException: an"
                + " address that is null", "peers cannot be told of 0.0.0.0:9700")) {
            isNamed("advertiser " + HERE + "… failed # time…, and peers may not find this node: " + wrong + "."
                    + CORRECT);
        }
    }

    @Test
    void shouldRefuseWrongServicePropertiesOfEveryType() {
        Map<Object, String> queues = Map.of(new int[] {5, 6}, "5, 6", "many", "many", -1, "-1");
        queues.forEach((queue, shown) -> receiver.register(GossipListener.class, message -> got.incrementAndGet(),
                Map.of(GossipListener.TOPIC, "plain", GossipListener.QUEUE, queue)));
        receiver.register(GossipListener.class, message -> got.incrementAndGet(), Map.of(GossipListener.TOPIC,
                new char[] {'a'}));

        queues.values().forEach(shown -> doctor.tells("WARN applications: The listener " + HERE + "… has service"
                + " properties that are refused: ippan.queue = " + shown + ": must be one whole number from 1 to"
                + " 1000000. Correct them; until then it is not registered, or works with its last good ones."));
        doctor.tells("WARN applications: The listener " + HERE + "… has service properties that are refused:"
                + " ippan.topic = a: must be a topic's name (1 to 64 bytes without control characters), prefix/* or *,"
                + " as a text or a list of texts. …");
        receiver.register(GossipListener.class, message -> got.incrementAndGet(), Map.of(GossipListener.TOPIC, "plain",
                GossipListener.QUEUE, new int[] {5}, GossipListener.OVERFLOW, new String[] {"drop-oldest"}));
        sendAll("plain");

        Eventually.until(() -> "both good ones: " + got, Nodes.SOON, () -> got.get() > MESSAGES);
    }
}
