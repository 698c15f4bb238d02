// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.contender;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.benchmarks.measure.Recorder;
import org.ippan.network.benchmarks.measure.Stamp;
import org.ippan.network.node.IppanNode;
import org.ippan.network.node.IppanNodeBuilder;

/** Our node, embedded, at its defaults but for what a comparison needs. */
final class OursMember implements Member {

    private static final String BUNDLES = "org.ippan.network.";
    private static final Topic TOPIC = Topic.of("benchmark");

    private final IppanNode node;
    private final int links;
    private final Priority usual;

    OursMember(Seat seat) {
        links = seat.links();
        usual = seat.scenario().urgent() > 0 ? Priority.LOW : Priority.NORMAL;
        IppanNodeBuilder builder = IppanNode.builder().listen(Contenders.LOOPBACK, 0)
                .set(BUNDLES + "transport", "tls", Boolean.toString(seat.scenario().tls()))
                // Payloads are random, and the others do not try to shorten them either.
                .set(BUNDLES + "transport", "compressionMinBytes", "0")
                // The links of the scenario and no others.
                .set(BUNDLES + "peers", "outboundTarget", "0")
                .set(BUNDLES + "peers", "exchange", "false");
        seat.dialled().forEach(builder::peer);
        seat.settings().forEach((name, value) -> {
            int dot = name.indexOf('.');
            builder.set(BUNDLES + name.substring(0, dot), name.substring(dot + 1), value);
        });
        node = builder.start();
        Recorder recorder = seat.recorder();
        node.subscribe(TOPIC.name(), message -> Stamp.read(recorder, message.payload()));
    }

    @Override
    public String address() {
        return node.listenAddress().orElseThrow().toString();
    }

    @Override
    public boolean connected() {
        return node.peers().connected().size() == links && node.gossip().snapshot().links() == links;
    }

    @Override
    public void publish(byte[] payload) throws InterruptedException {
        publish(payload, usual);
    }

    @Override
    public void hurry(byte[] payload) throws InterruptedException {
        publish(payload, Priority.HIGH);
    }

    private void publish(byte[] payload, Priority priority) throws InterruptedException {
        Gossip gossip = node.gossip();
        Message message = Message.of(TOPIC, payload).withPriority(priority);
        PublishResult result = gossip.publish(message);
        while (result.status() == PublishResult.Status.BACKPRESSURE) {
            try {
                gossip.whenWritable(priority).toCompletableFuture().get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("cannot wait until there is room", e);
            }
            result = gossip.publish(message);
        }
        if (!result.accepted()) {
            throw new IllegalStateException("the node says " + result);
        }
    }

    @Override
    public Map<String, Long> counters() {
        return Counters.of(node.gossip().snapshot());
    }

    @Override
    public void close() {
        node.close();
    }
}
