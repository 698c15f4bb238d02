// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.ippan.network.api.transport.FrameType;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** A fill in pieces of any length, copied and lent: what passes is, byte by byte, what was written. */
class DraftTest {

    private static final int ROOM = 1 << 15;
    private static final int FRAMES = 100;

    private final Draft draft = new Draft(ROOM);
    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();

    /** Writes a frame whose first byte of the body says whether it is lost. */
    private void write(SplittableRandom random) {
        byte[] body = new byte[1 + random.nextInt(200)];
        random.nextBytes(body);
        byte[] frame = ByteBuffer.allocate(FrameType.HEADER_LENGTH + body.length).put((byte) FrameType.MARK)
                .put((byte) FrameType.GOSSIP.code()).put((byte) 0).put((byte) 0).putInt(body.length).put(body).array();
        int begin = draft.length();
        draft.copy(frame, 0, FrameType.HEADER_LENGTH);
        draft.setInt(begin + 4, body.length);
        int at = FrameType.HEADER_LENGTH;
        while (at < frame.length) {
            int length = 1 + random.nextInt(frame.length - at);
            if (random.nextBoolean()) {
                draft.copy(frame, at, length);
            } else {
                draft.lend(frame, at, length);
            }
            at += length;
        }
        if (body[0] < 0) {
            passed.writeBytes(frame);
        }
    }

    @RepeatedTest(20)
    void shouldWriteWhatPassesAsItWas(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < FRAMES; i++) {
            write(random);
        }
        NotingTarget target = new NotingTarget();

        draft.write(target, (flags, body) -> {
            assertEquals(body.length(), body.bytes().remaining());
            return body.bytes().get(0) < 0;
        });

        assertArrayEquals(passed.toByteArray(), target.bytes(), "seed " + seed);
    }
}
