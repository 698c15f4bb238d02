// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.chaos;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.chaos.FrameFault;

/**
 * The faults of one configuration. Each link has chances of its own for both directions, so that what one link carries
 * changes nothing for another. Safe for any thread, as each link is for its own.
 */
final class Mischief implements FrameFault {

    private final ChaosSettings settings;
    private final long seed;
    private final LongFunction<RandomGenerator> chances;
    private final Counts counts;

    /** What was done. Safe for any thread. */
    static final class Counts {

        final LongAdder droppedOutbound = new LongAdder();
        final LongAdder droppedInbound = new LongAdder();
        final LongAdder delayedInbound = new LongAdder();
    }

    Mischief(ChaosSettings settings, long seed, LongFunction<RandomGenerator> chances, Counts counts) {
        this.settings = settings;
        this.seed = seed;
        this.chances = chances;
        this.counts = counts;
    }

    @Override
    public Optional<LinkFault> on(PeerId peer) {
        return settings.peers().isEmpty() || settings.peers().contains(peer) ? Optional.of(new Victim(peer))
                : Optional.empty();
    }

    private final class Victim implements LinkFault {

        private final RandomGenerator outbound;
        private final RandomGenerator inbound;

        Victim(PeerId peer) {
            this.outbound = chances.apply(seed ^ peer.word0());
            this.inbound = chances.apply(seed ^ peer.word1());
        }

        @Override
        public long sends(int bytes) {
            if (outbound.nextInt(ChaosSettings.WHOLE) >= settings.dropOutbound()) {
                return PASS;
            }
            counts.droppedOutbound.increment();
            return DROP;
        }

        @Override
        public long comes(int bytes) {
            if (inbound.nextInt(ChaosSettings.WHOLE) < settings.dropInbound()) {
                counts.droppedInbound.increment();
                return DROP;
            }
            if (settings.latencyMaxMillis() == 0) {
                return PASS;
            }
            counts.delayedInbound.increment();
            return TimeUnit.MILLISECONDS.toNanos(inbound.nextInt(settings.latencyMinMillis(),
                    settings.latencyMaxMillis() + 1));
        }
    }
}
