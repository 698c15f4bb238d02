// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.contender;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.topic.ITopic;
import org.ippan.network.benchmarks.measure.Recorder;
import org.ippan.network.benchmarks.measure.Stamp;

/**
 * A member of Hazelcast with a topic. A topic does not make publishers wait by itself and drops what its queue has no
 * room for; so each thousandth message is confirmed here, and a full queue waits instead, which is the best it can do.
 */
final class HazelcastMember implements Member {

    private static final String TOPIC = "benchmark";
    private static final int QUEUED_BYTES = 64 * 1024 * 1024;
    private static final int MOST_QUEUED = 1_000_000;
    private static final int MOST_UNCONFIRMED = 1_000;
    private static final String PATIENCE_MILLIS = "60000";

    private final HazelcastInstance instance;
    private final ITopic<byte[]> topic;
    private final int nodes;

    HazelcastMember(Seat seat) {
        nodes = seat.scenario().nodes();
        int queued = Math.min(MOST_QUEUED, QUEUED_BYTES / seat.scenario().bytes());
        Config config = new Config()
                .setProperty(ClusterProperty.PHONE_HOME_ENABLED.getName(), "false")
                .setProperty(ClusterProperty.LOGGING_TYPE.getName(), "none")
                .setProperty(ClusterProperty.EVENT_QUEUE_CAPACITY.getName(), Integer.toString(queued))
                .setProperty(ClusterProperty.EVENT_QUEUE_TIMEOUT_MILLIS.getName(), PATIENCE_MILLIS)
                .setProperty(ClusterProperty.EVENT_SYNC_TIMEOUT_MILLIS.getName(), PATIENCE_MILLIS)
                .setProperty("hazelcast.event.sync.frequency",
                        Integer.toString(Math.max(1, Math.min(MOST_UNCONFIRMED, queued / nodes))));
        config.getNetworkConfig().setPort(0).getInterfaces().setEnabled(true).addInterface(Contenders.LOOPBACK);
        config.getMetricsConfig().setEnabled(false);
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(seat.dialled());
        instance = Hazelcast.newHazelcastInstance(config);
        topic = instance.getTopic(TOPIC);
        Recorder recorder = seat.recorder();
        topic.addMessageListener(message -> {
            // A topic tells the publisher as well, which no other system does.
            if (!message.getPublishingMember().localMember()) {
                Stamp.read(recorder, message.getMessageObject(), 0);
            }
        });
    }

    @Override
    public String address() {
        var address = instance.getCluster().getLocalMember().getAddress();
        return address.getHost() + ":" + address.getPort();
    }

    @Override
    public boolean connected() {
        return instance.getCluster().getMembers().size() == nodes;
    }

    @Override
    public void publish(byte[] payload) {
        topic.publish(payload);
    }

    @Override
    public void close() {
        // No orderly goodbye: the case is over.
        instance.getLifecycleService().terminate();
    }
}
