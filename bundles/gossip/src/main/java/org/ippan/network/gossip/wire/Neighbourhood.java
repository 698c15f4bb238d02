// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ippan.network.api.Priority;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * What a node says in NEIGHBOURS ({@code docs/protocol.md} §6).
 *
 * @param key what its fingerprints are made with
 * @param epoch chosen when its gossip began: its numbers began anew then
 * @param begins for each priority, the number of its own after which everything is sent over this link
 * @param neighbours the peers it is linked to, but for the one it speaks to
 */
public record Neighbourhood(long key, int epoch, long[] begins, List<Neighbour> neighbours) {

    private static final int PRIORITIES = Priority.values().length;
    private static final int FIXED = Long.BYTES + Integer.BYTES + PRIORITIES * Long.BYTES + Short.BYTES;
    private static final int EACH = Long.BYTES + 1 + Integer.BYTES
            + PRIORITIES * (Long.BYTES + Short.BYTES + Long.BYTES);
    private static final int SENDS = 1;
    private static final int LEVEL = 2;
    private static final int MOST = 900;

    /**
     * What a node has of a peer's last messages, for each priority, up to the number it tells.
     *
     * @param counts how many ids the fingerprint is of; 0 if none is told
     * @param fingerprints of the first words of these ids, in order; 0 if none is told
     */
    public record Proof(int[] counts, long[] fingerprints) {

        /** Most ids that one fingerprint is of. */
        public static final int MOST_IDS = 32 * 1024;
        /** What every fingerprint is less than. */
        public static final long MODULUS = (1L << 61) - 1;

        /** Nothing is told. */
        public static final Proof NONE = new Proof(new int[PRIORITIES], new long[PRIORITIES]);
    }

    /**
     * A peer of the node that speaks.
     *
     * @param peer first word of its id
     * @param sends whether everything the node publishes is sent to it
     * @param level whether everything it publishes comes over its link
     * @param epoch what it said of itself
     * @param numbers for each priority, the last number that came from it; -1 if that is not told
     * @param proof which messages came up to these numbers
     */
    public record Neighbour(long peer, boolean sends, boolean level, int epoch, long[] numbers, Proof proof) {

        /** Nothing is told of which messages came. */
        public Neighbour(long peer, boolean sends, boolean level, int epoch, long[] numbers) {
            this(peer, sends, level, epoch, numbers, Proof.NONE);
        }

        private boolean isLike(Neighbour other) {
            return peer == other.peer && sends == other.sends && level == other.level && epoch == other.epoch;
        }
    }

    /** The frame that says so. */
    public OutboundFrame frame() {
        int count = Math.min(MOST, neighbours.size());
        ByteBuffer body = ByteBuffer.allocate(FIXED + count * EACH).putLong(key).putInt(epoch);
        put(body, begins);
        body.putShort((short) count);
        for (Neighbour each : neighbours.subList(0, count)) {
            body.putLong(each.peer).put((byte) ((each.sends ? SENDS : 0) | (each.level ? LEVEL : 0)));
            body.putInt(each.epoch);
            for (int i = 0; i < PRIORITIES; i++) {
                body.putLong(each.numbers[i]).putShort((short) each.proof.counts[i]);
                body.putLong(each.proof.fingerprints[i]);
            }
        }
        return OutboundFrame.control(FrameType.NEIGHBOURS, body.array());
    }

    /** Reads a body. */
    public static Neighbourhood decode(ByteBuffer body) throws ProtocolException {
        return decode(body, MOST);
    }

    /** Reads a body, of which so many neighbours are kept: a peer chooses how many it names. */
    public static Neighbourhood decode(ByteBuffer body, int most) throws ProtocolException {
        ByteBuffer in = body.duplicate();
        if (in.remaining() < FIXED) {
            throw new ProtocolException("a NEIGHBOURS shorter than its beginning");
        }
        long key = in.getLong();
        int epoch = in.getInt();
        long[] begins = numbers(in);
        int count = in.getShort() & 0xFFFF;
        if (count > MOST || in.remaining() != count * EACH) {
            throw new ProtocolException("a NEIGHBOURS whose length is not that of its count");
        }
        List<Neighbour> neighbours = new ArrayList<>(Math.min(count, most));
        for (int i = 0; i < count; i++) {
            long peer = in.getLong();
            int flags = in.get();
            if ((flags & ~(SENDS | LEVEL)) != 0) {
                throw new ProtocolException("undefined flags in a NEIGHBOURS");
            }
            Neighbour next = neighbour(in, peer, flags);
            if (i < most) {
                neighbours.add(next);
            }
        }
        return new Neighbourhood(key, epoch, begins, neighbours);
    }

    private static Neighbour neighbour(ByteBuffer in, long peer, int flags) throws ProtocolException {
        int epoch = in.getInt();
        long[] numbers = new long[PRIORITIES];
        Proof proof = new Proof(new int[PRIORITIES], new long[PRIORITIES]);
        for (int i = 0; i < PRIORITIES; i++) {
            numbers[i] = in.getLong();
            int count = in.getShort() & 0xFFFF;
            long fingerprint = in.getLong();
            if (count > Proof.MOST_IDS || fingerprint < 0 || fingerprint >= Proof.MODULUS
                    || count == 0 && fingerprint != 0) {
                throw new ProtocolException("a fingerprint in a NEIGHBOURS that cannot be");
            }
            proof.counts[i] = count;
            proof.fingerprints[i] = fingerprint;
        }
        return new Neighbour(peer, (flags & SENDS) != 0, (flags & LEVEL) != 0, epoch, numbers, proof);
    }

    /** Whether it says the same but for how far messages came, and which. */
    public boolean isLike(Neighbourhood other) {
        boolean like = epoch == other.epoch && Arrays.equals(begins, other.begins)
                && neighbours.size() == other.neighbours.size();
        for (int i = 0; like && i < neighbours.size(); i++) {
            like = neighbours.get(i).isLike(other.neighbours.get(i));
        }
        return like;
    }

    /** What it says beside its fingerprints: these alone are no news. */
    public byte[] outline() {
        List<Neighbour> unproved = neighbours.stream()
                .map(each -> new Neighbour(each.peer, each.sends, each.level, each.epoch, each.numbers)).toList();
        return new Neighbourhood(0, epoch, begins, unproved).frame().body();
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
