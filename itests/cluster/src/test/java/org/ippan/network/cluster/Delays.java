// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ReceivedMessage;

/** How long messages were under way whose payload begins with the moment they were published. Safe for any thread. */
final class Delays implements GossipListener {

    private static final int HUNDRED = 100;

    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());

    /** A payload that begins with now and does not get shorter when it is compressed. */
    static byte[] stamped(int length) {
        byte[] payload = new byte[length];
        ThreadLocalRandom.current().nextBytes(payload);
        return ByteBuffer.wrap(payload).putLong(System.nanoTime()).array();
    }

    @Override
    public void onMessage(ReceivedMessage message) {
        nanos.add(System.nanoTime() - message.payload().getLong());
    }

    int count() {
        return nanos.size();
    }

    void clear() {
        nanos.clear();
    }

    /** The delay that so many percent of the messages do not exceed. */
    double millis(int percent) {
        List<Long> sorted;
        synchronized (nanos) {
            sorted = new ArrayList<>(nanos);
        }
        Collections.sort(sorted);
        return sorted.isEmpty() ? Double.NaN
                : sorted.get((sorted.size() - 1) * percent / HUNDRED) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
