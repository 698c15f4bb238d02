// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import java.nio.ByteBuffer;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.TestIdentity;

/** Prints what it costs to sign a message and to check a signature; not part of the build. */
final class SealTiming {

    private static final int WARM_UP = 2000;
    private static final int COUNT = 4000;

    private SealTiming() {
    }

    public static void main(String[] arguments) {
        TestIdentity identity = TestIdentity.of(1);
        IdKey id = new IdKey(Peers.messageId(1));
        ByteBuffer body = ByteBuffer.wrap(Seal.seal(identity, id, 1));
        System.out.printf("sign %.0f us, check %.0f us%n", micros(() -> Seal.seal(identity, id, 1)),
                micros(() -> Seal.isGenuine(body, 0, id)));
    }

    private static double micros(Runnable work) {
        long begin = 0;
        for (int i = -WARM_UP; i < COUNT; i++) {
            begin = i == 0 ? System.nanoTime() : begin;
            work.run();
        }
        return (System.nanoTime() - begin) / 1e3 / COUNT;
    }
}
