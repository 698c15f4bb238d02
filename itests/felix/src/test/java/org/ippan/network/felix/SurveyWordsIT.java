// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.ReservedGossip;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.survey.NetworkTrace;
import org.ippan.network.api.survey.NetworkTracer;
import org.ippan.network.api.survey.NetworkView;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.testkit.Eventually;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What is said of nodes that tell nothing, of a network that cannot be asked, and of messages that are held up. */
public class SurveyWordsIT {

    private static final String SURVEY = "org.ippan.network.survey";
    private static final String PEERS = "org.ippan.network.peers";
    private static final String TRANSPORT = "org.ippan.network.transport";
    private static final Path FOLDER = Container.TARGET.resolve("felix").resolve(SurveyWordsIT.class.getSimpleName());
    private static final Duration AT_MOST = Duration.ofMinutes(2);
    private static final Map<String, Object> OFTEN = Map.of("share", "on", "leastSeconds", "5");

    private final List<PlainFelix> nodes = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);

    @Before
    public void start() throws Exception {
        Container.delete(FOLDER);
        Files.createDirectories(FOLDER);
    }

    @After
    public void stop() {
        over.countDown();
        nodes.forEach(PlainFelix::close);
    }

    private PlainFelix framework(String... seeds) throws Exception {
        PlainFelix felix = new PlainFelix(FOLDER.resolve("node" + nodes.size()));
        nodes.add(felix);
        felix.configure(TRANSPORT, "listenAddress", "127.0.0.1:0");
        felix.configure(PEERS, Map.of("seeds", seeds, "exchange", "false"));
        return felix;
    }

    private static PlainFelix run(PlainFelix felix) throws Exception {
        felix.start(Container.PROVIDERS);
        awaitListener(felix);
        return felix;
    }

    private static void awaitListener(PlainFelix felix) {
        Eventually.until("the node listens", NodeInside.SOON, () -> felix.services(Transport.class)
                .anyMatch(each -> each.listenAddress().isPresent()));
    }

    private static String address(PlainFelix felix) {
        return "127.0.0.1:" + felix.service(Transport.class).listenAddress().orElseThrow().port();
    }

    private static String id(PlainFelix felix) {
        return felix.service(Transport.class).identity().id().toString();
    }

    private static NetworkTrace trace(PlainFelix felix, MessageId id) {
        return felix.service(NetworkTracer.class).trace(id);
    }

    private static void notes(PlainFelix felix, MessageId id, String note) {
        Eventually.until(() -> note + " in " + trace(felix, id), NodeInside.SOON,
                () -> trace(felix, id).note().contains(note));
    }

    private static void shows(PlainFelix felix, PlainFelix other, String why) {
        Eventually.until(() -> why + " in " + felix.service(NetworkView.class).nodes(), AT_MOST,
                () -> felix.service(NetworkView.class).nodes().stream().anyMatch(node -> id(other).startsWith(node.id())
                        && node.why().equals(why)));
    }

    @Test
    public void shouldSayWhatIsNotKnownOfTheNetwork() throws Exception {
        PlainFelix first = framework();
        first.start(List.of(SURVEY));
        MessageId unknown = MessageId.of(1, 2, 3, 4);
        notes(first, unknown, "This node has no key yet.");
        run(first);
        notes(first, unknown, "The network cannot be asked: no peer is connected, or gossip is absent.");
        first.configure(SURVEY, "share", "off");
        notes(first, unknown, "The network is not asked, as this node tells it nothing either: share is off.");
        first.configure(TRANSPORT, "listenAddress", "0.0.0.0:0");
        first.configure(SURVEY, "share", "auto");
        notes(first, unknown, "The network is not asked, as this node tells it nothing either: share is auto, and the"
                + " network is open: set networkKey of org.ippan.network.peers, or share = on.");
        first.configure(TRANSPORT, "listenAddress", "127.0.0.1:0");
        first.configure(SURVEY, OFTEN);
        Eventually.until("it listens on loopback again", NodeInside.SOON, () -> first.service(Transport.class)
                .listenAddress().filter(each -> each.host().equals("127.0.0.1")).isPresent());

        PlainFelix second = framework(address(first));
        second.configure(SURVEY, OFTEN);
        second.start(List.of(SURVEY));
        PlainFelix third = run(framework(address(run(second))));
        shows(first, third, "Others have links to it, but it tells no status.");
        tellInALaterFormat(third);
        shows(first, third, "It tells its status in a newer format.");
        notes(first, unknown, "0 of 1 other nodes told; the others do not have the message, or no longer, or told of"
                + " another one less than 30 s ago.");
        notes(first, MessageId.of(5, 6, 7, 8), "The network was asked after another message; it is asked after this one"
                + " in ");

        // From now on it tells so seldom that the last word of it is too old soon.
        second.configure(SURVEY, Map.of("share", "on", "leastSeconds", "600"));
        shows(first, second, "Its record is overdue.");
        third.configure(SURVEY, OFTEN);
        third.start(List.of(SURVEY));
        second.configure(SURVEY, "share", "off");
        shows(first, second, "It no longer tells its status, but others have links to it.");
        holdMessagesUp(first, second);
    }

    /** As a node of a later version may: number, flags, key, and what that signs. */
    private static void tellInALaterFormat(PlainFelix felix) {
        NodeIdentity identity = felix.service(Transport.class).identity();
        byte[] key = identity.publicKey();
        byte[] record = ByteBuffer.allocate(2 + key.length).put((byte) 2).put((byte) 0).put(key).array();
        byte[] purpose = "ippan-status/1".getBytes(StandardCharsets.US_ASCII);
        byte[] tag = felix.service(PeerDirectory.class).networkTag();
        byte[] signature = identity.sign(ByteBuffer.allocate(purpose.length + tag.length + record.length).put(purpose)
                .put(tag).put(record).array());
        felix.service(ReservedGossip.class).publishReserved(Message.of(Topic.of("ippan/status"),
                ByteBuffer.allocate(record.length + signature.length).put(record).put(signature).array()));
    }

    private void holdMessagesUp(PlainFelix first, PlainFelix second) throws Exception {
        validate(second, "bad", Verdict.REJECT);
        validate(second, "held", Verdict.ACCEPT);

        says(second, publish(first, "bad"), "neither relayed nor delivered: rejected by a validator");
        says(second, publish(first, "held"), "neither relayed nor delivered yet: a validator has not answered");
    }

    private void validate(PlainFelix felix, String topic, Verdict verdict) {
        felix.context().registerService(MessageValidator.class, message -> {
            if (verdict == Verdict.ACCEPT) {
                hang();
            }
            return verdict;
        }, new Hashtable<>(Map.of(MessageValidator.TOPIC, topic)));
    }

    private void hang() {
        try {
            over.await(AT_MOST.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static MessageId publish(PlainFelix felix, String topic) {
        PublishResult result = felix.service(Gossip.class).publish(Message.of(Topic.of(topic), new byte[1]));
        return result.id().orElseThrow(() -> new AssertionError(result + " with "
                + felix.service(PeerDirectory.class).connected()));
    }

    private static void says(PlainFelix felix, MessageId id, String fate) {
        Eventually.until(() -> fate + " in " + trace(felix, id), NodeInside.SOON,
                () -> trace(felix, id).nodes().stream().anyMatch(node -> node.text().equals(fate)));
    }
}
