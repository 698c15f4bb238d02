// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Priority;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.Ack;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.testkit.ManualScheduler;

/** The far end of a link, without a node behind it: counts the messages that come, and settles them or not. */
final class Reader implements FrameReceiver {

    private static final int BRINGS = 12 * 1024;
    /** The end of the node that sends. */
    final FakeLink link;
    /** Messages that came. */
    int got;
    /** How long it takes to settle; null if it never does. */
    Duration settles = Duration.ofMillis(2);
    /** What it claims to have settled for each byte that came. */
    int claims = 1;
    /** Whether it says, with all it settles, that there is little room. */
    boolean presses;

    private final ManualScheduler time;
    private long bytes;

    /** Connects to a node. */
    Reader(ManualScheduler time, FakeNode node, long number, boolean member, Duration messageTime) {
        this.time = time;
        FakeNode far = new FakeNode(time, number);
        far.member = member;
        link = node.connect(far);
        link.frameTime = messageTime;
        link.other.receiver = this;
        far.core.stop();
    }

    @Override
    public void frame(FrameType type, int flags, ByteBuffer body) {
        if (type == FrameType.GOSSIP) {
            got++;
            bytes += FrameType.HEADER_LENGTH + body.remaining();
            if (settles != null) {
                long settled = bytes * claims;
                time.schedule(() -> settle(settled), settles.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    /** Tells how much is settled. */
    void settle(long settled) {
        long[] counts = new long[Priority.values().length];
        counts[Priority.NORMAL.ordinal()] = settled;
        link.give(new Ack(presses ? (1 << counts.length) - 1 : 0, counts).frame());
    }

    /** Publishes a message nearly as long as what it gets. */
    void bring(int number) {
        byte[] head = Heads.head(0, Priority.NORMAL, FakeNode.TOPIC, 0, BRINGS);
        link.give(FrameType.GOSSIP, 0, ByteBuffer.allocate(head.length + BRINGS).put(head).putInt(number).rewind());
    }

    /** Pauses for a while from now on. */
    void pause(Duration length) {
        link.stick(true);
        time.schedule(() -> link.stick(false), length.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Forgets what was carried: a test at full speed carries much. */
    void forget() {
        link.carried.clear();
        link.other.carried.clear();
    }

    @Override
    public void readComplete() {
        // Each frame was handled as it came.
    }

    @Override
    public Fill fill(FrameTarget target, FrameClass lowest) {
        return null;
    }

    @Override
    public void down() {
        // Nothing is kept.
    }
}
