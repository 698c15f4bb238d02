// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.Priority;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * What a node says in NEIGHBOURS ({@code docs/protocol.md} §6).
 *
 * @param epoch chosen when its gossip began: its numbers began anew then
 * @param begins for each priority, the number of its own after which everything is sent over this link
 * @param neighbours the peers it is linked to, but for the one it speaks to
 */
public record Neighbourhood(int epoch, long[] begins, List<Neighbour> neighbours) {

    private static final int PRIORITIES = Priority.values().length;
    private static final int FIXED = Integer.BYTES + PRIORITIES * Long.BYTES + Short.BYTES;
    private static final int EACH = Long.BYTES + 1 + Integer.BYTES + PRIORITIES * Long.BYTES;
    private static final int SENDS = 1;
    private static final int LEVEL = 2;
    private static final int MOST = 1000;

    /**
     * A peer of the node that speaks.
     *
     * @param peer first word of its id
     * @param sends whether everything the node publishes is sent to it
     * @param level whether everything it publishes comes over its link
     * @param epoch what it said of itself
     * @param numbers for each priority, the last number that came from it; -1 if that is not told
     */
    public record Neighbour(long peer, boolean sends, boolean level, int epoch, long[] numbers) {
    }

    /** The frame that says so. */
    public OutboundFrame frame() {
        int count = Math.min(MOST, neighbours.size());
        ByteBuffer body = ByteBuffer.allocate(FIXED + count * EACH).putInt(epoch);
        put(body, begins);
        body.putShort((short) count);
        for (Neighbour each : neighbours.subList(0, count)) {
            body.putLong(each.peer).put((byte) ((each.sends ? SENDS : 0) | (each.level ? LEVEL : 0)));
            put(body.putInt(each.epoch), each.numbers);
        }
        return OutboundFrame.control(FrameType.NEIGHBOURS, body.array());
    }

    /** Reads a body. */
    public static Neighbourhood decode(ByteBuffer body) throws ProtocolException {
        ByteBuffer in = body.duplicate();
        if (in.remaining() < FIXED) {
            throw new ProtocolException("a NEIGHBOURS shorter than its beginning");
        }
        int epoch = in.getInt();
        long[] begins = numbers(in);
        int count = in.getShort() & 0xFFFF;
        if (count > MOST || in.remaining() != count * EACH) {
            throw new ProtocolException("a NEIGHBOURS whose length is not that of its count");
        }
        List<Neighbour> neighbours = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long peer = in.getLong();
            int flags = in.get();
            if ((flags & ~(SENDS | LEVEL)) != 0) {
                throw new ProtocolException("undefined flags in a NEIGHBOURS");
            }
            neighbours.add(new Neighbour(peer, (flags & SENDS) != 0, (flags & LEVEL) != 0, in.getInt(), numbers(in)));
        }
        return new Neighbourhood(epoch, begins, neighbours);
    }

    static void put(ByteBuffer body, long[] numbers) {
        for (long number : numbers) {
            body.putLong(number);
        }
    }

    static long[] numbers(ByteBuffer in) {
        long[] numbers = new long[PRIORITIES];
        for (int i = 0; i < PRIORITIES; i++) {
            numbers[i] = in.getLong();
        }
        return numbers;
    }
}
