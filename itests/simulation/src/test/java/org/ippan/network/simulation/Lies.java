// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * What a byzantine node says that is not so: in NEIGHBOURS of the peers it has and how far it is, in ACK and SETTLED of
 * what is settled, and of whose messages they are. Written against the wire format alone.
 */
final class Lies {

    private static final int PRIORITIES = 3;
    private static final int COUNT_OFFSET = Long.BYTES + Integer.BYTES + PRIORITIES * Long.BYTES;
    private static final int FIXED = COUNT_OFFSET + Short.BYTES;
    private static final int EACH = Long.BYTES + 1 + Integer.BYTES
            + PRIORITIES * (Long.BYTES + Short.BYTES + Long.BYTES);
    private static final int MOST_IDS = 32 * 1024;
    /** That it sends the peer everything, and that everything comes from it. */
    private static final int SENDS_AND_LEVEL = 3;
    private static final int NUMBER_OFFSET = 20;
    private static final int ID_LENGTH = 32;
    private static final long MUCH = 1L << 40;
    private static final int LITTLE = 1000;

    private final RandomGenerator random;
    private final int epoch;
    /** The epochs that peers told, or 0, by the first words of their ids. */
    private final Map<Long, Integer> epochs = new LinkedHashMap<>();
    private long published;

    Lies(RandomGenerator random) {
        this.random = random;
        this.epoch = random.nextInt();
    }

    /** A peer said who it is linked to: it is lied about them too. */
    void heard(PeerId from, ByteBuffer body) {
        ByteBuffer in = body.duplicate();
        in.getLong();
        epochs.put(from.word0(), in.getInt());
        int count = in.getShort(body.position() + COUNT_OFFSET);
        for (int i = 0; i < count; i++) {
            epochs.putIfAbsent(in.getLong(body.position() + FIXED + i * EACH), 0);
        }
    }

    /** NEIGHBOURS: peers it heard of, and one that does not exist; to most it sends everything, and is ahead of all. */
    OutboundFrame neighbours() {
        ByteBuffer body = ByteBuffer.allocate(FIXED + (epochs.size() + 1) * EACH);
        body.putLong(random.nextLong()).putInt(random.nextInt(10) == 0 ? random.nextInt() : epoch);
        for (int priority = 0; priority < PRIORITIES; priority++) {
            body.putLong(count());
        }
        body.putShort((short) 0);
        name(body, random.nextLong(), random.nextInt());
        epochs.forEach((peer, told) -> {
            if (random.nextInt(4) > 0) {
                name(body, peer, told);
            }
        });
        body.putShort(COUNT_OFFSET, (short) ((body.position() - FIXED) / EACH));
        byte[] said = new byte[body.position()];
        body.flip().get(said);
        return OutboundFrame.control(FrameType.NEIGHBOURS, said);
    }

    private void name(ByteBuffer body, long peer, int told) {
        body.putLong(peer).put((byte) (random.nextInt(4) > 0 ? SENDS_AND_LEVEL : random.nextInt(4))).putInt(told);
        for (int priority = 0; priority < PRIORITIES; priority++) {
            int ids = random.nextInt(MOST_IDS);
            body.putLong(count()).putShort((short) ids).putLong(ids == 0 ? 0 : random.nextLong() >>> 4);
        }
    }

    /** A number that is too high, too low, or none. */
    private long count() {
        return switch (random.nextInt(3)) {
            case 0 -> MUCH + random.nextInt(LITTLE);
            case 1 -> random.nextInt(LITTLE);
            default -> -1;
        };
    }

    /** ACK: more is settled than was sent, or less than before; some of it met little room. */
    OutboundFrame ack() {
        ByteBuffer body = ByteBuffer.allocate(1 + PRIORITIES * Long.BYTES).put((byte) random.nextInt(1 << PRIORITIES));
        for (int priority = 0; priority < PRIORITIES; priority++) {
            body.putLong(count());
        }
        return OutboundFrame.control(FrameType.ACK, body.array());
    }

    /** SETTLED: all that a SETTLE asks for is at any number of nodes already. */
    OutboundFrame settled(ByteBuffer asked) {
        ByteBuffer in = asked.duplicate();
        int count = in.getShort();
        ByteBuffer body = ByteBuffer.allocate(Short.BYTES + count * (ID_LENGTH + 2 * Integer.BYTES));
        body.putShort((short) count);
        byte[] id = new byte[ID_LENGTH];
        for (int i = 0; i < count; i++) {
            in.get(id).getInt();
            body.put(id).putInt(random.nextInt()).putInt(random.nextInt(3));
        }
        return OutboundFrame.control(FrameType.SETTLED, body.array());
    }

    /** Another node's message as if it were its own, or that of one of its peers. */
    byte[] own(byte[] message) {
        byte[] own = message.clone();
        own[0] = (byte) random.nextInt(2);
        ByteBuffer.wrap(own).putLong(NUMBER_OFFSET, ++published);
        return own;
    }
}
