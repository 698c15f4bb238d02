// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.dial;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;

/**
 * How many addresses from one teller are dialled a minute, so that no peer can have this node dial many others. As
 * large as the dials of the last minute. Confined to the deciding thread.
 */
public final class TellerDials {

    public static final int MAX_A_MINUTE = 8;
    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Deque<Dial> recent = new ArrayDeque<>();
    private final Map<PeerId, Integer> counts = new HashMap<>();

    private record Dial(PeerId teller, long at) {
    }

    /** Forgets what is more than a minute ago. */
    void tick(long now) {
        while (!recent.isEmpty() && now - recent.peekFirst().at >= WINDOW_NANOS) {
            counts.computeIfPresent(recent.pollFirst().teller, (teller, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Whether one more address from there may be dialled; null stands for no teller. */
    boolean allows(PeerId teller) {
        return teller == null || counts.getOrDefault(teller, 0) < MAX_A_MINUTE;
    }

    void dialled(PeerId teller, long now) {
        if (teller != null) {
            recent.addLast(new Dial(teller, now));
            counts.merge(teller, 1, Integer::sum);
        }
    }
}
