// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.dial;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.address.AddressSource;
import org.ippan.network.peers.book.KnownAddress;

/**
 * How many addresses from one teller, a peer or a discovery, are dialled a minute, so that neither can have this
 * node dial many others. As large as the dials of the last minute. Confined to the deciding thread.
 */
public final class TellerDials {

    public static final int MAX_A_MINUTE = 8;
    /** An operator chose the discovery, unlike the peers. */
    public static final int MAX_A_MINUTE_DISCOVERED = 32;
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

    /** Whether one more address may be dialled, as far as its teller goes. */
    boolean allows(KnownAddress known) {
        int most = known.source() == AddressSource.DISCOVERED ? MAX_A_MINUTE_DISCOVERED : MAX_A_MINUTE;
        return known.charged() == null || counts.getOrDefault(known.charged(), 0) < most;
    }

    void dialled(KnownAddress known, long now) {
        PeerId teller = known.charged();
        if (teller != null) {
            recent.addLast(new Dial(teller, now));
            counts.merge(teller, 1, Integer::sum);
        }
    }
}
