// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;

/** Notes what it gets; sends frames whose bodies are numbers, every third with a lent part. */
final class NotingReceiver implements FrameReceiver {

    final List<Integer> got = new ArrayList<>();
    final List<Integer> lostInbound = new ArrayList<>();
    final List<Integer> lostOutbound = new ArrayList<>();
    final Queue<int[]> toSend = new ArrayDeque<>();
    final List<Integer> taken = new ArrayList<>();
    private final Runnable onPause;
    private int fills;
    int ends;
    int pausesAfter = Integer.MAX_VALUE;

    NotingReceiver(Runnable onPause) {
        this.onPause = onPause;
    }

    @Override
    public void frame(FrameType type, int flags, ByteBuffer body) throws ProtocolException {
        int number = body.getInt(body.position());
        if (number < 0) {
            throw new ProtocolException("negative");
        }
        got.add(number);
    }

    @Override
    public void readComplete() {
        ends++;
        if (got.size() >= pausesAfter) {
            onPause.run();
        }
    }

    @Override
    public Fill fill(FrameTarget target, FrameClass lowest) {
        int[] numbers = toSend.poll();
        if (numbers == null) {
            return null;
        }
        for (int number : numbers) {
            int begin = target.length();
            byte[] head = ByteBuffer.allocate(12).put((byte) FrameType.MARK).put((byte) FrameType.GOSSIP.code())
                    .put((byte) 0).put((byte) 0).putInt(0).putInt(-1).array();
            byte[] rest = new byte[number % 3 == 0 ? 40 : 0];
            target.copy(head, 0, head.length);
            target.lend(rest, 0, rest.length);
            target.setInt(begin + 4, 4 + rest.length);
            target.setInt(begin + 8, number);
            target.setByte(begin + 2, FrameType.SOLICITED);
        }
        int fill = fills++;
        return new Fill() {

            @Override
            public FrameClass frameClass() {
                return FrameClass.NORMAL;
            }

            @Override
            public void taken() {
                taken.add(fill);
            }
        };
    }

    @Override
    public void lostInbound(int flags, ByteBuffer body) {
        lostInbound.add(body.getInt(body.position()));
    }

    @Override
    public void lostOutbound(int flags, ByteBuffer body) {
        assertEquals(FrameType.SOLICITED, flags);
        int number = body.getInt(body.position());
        assertEquals(number % 3 == 0 ? 44 : 4, body.remaining());
        lostOutbound.add(number);
    }

    @Override
    public void down() {
    }
}
