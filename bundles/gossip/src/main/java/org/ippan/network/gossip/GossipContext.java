// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.ippan.network.api.Ticker;

/** What the parts of the core share. */
final class GossipContext {

    final Ticker ticker;
    final RandomGenerator random;
    final Mailbox relay;
    /** Runs the callbacks of applications. */
    final Executor callbacks;
    final Services services = new Services();
    final GossipCounters counters = new GossipCounters();
    final BodyCache cache = new BodyCache();
    final Links links = new Links();
    final long heapBytes;
    private final AtomicBoolean expiring = new AtomicBoolean();
    volatile GossipSettings settings;
    volatile boolean stopping;
    /** Lets bodies leave the cache; to be called on the relay's thread. */
    Runnable expire = () -> { };
    /** Makes the relay look at its timers soon; to be called on its thread. */
    Runnable wake = () -> { };

    GossipContext(Environment environment, GossipSettings settings) {
        this.ticker = environment.ticker();
        this.random = environment.random();
        this.relay = new Mailbox(environment.relay());
        this.callbacks = environment.listeners();
        this.heapBytes = environment.heapBytes();
        this.settings = settings;
    }

    /** Whether messages are taken in and sent out. */
    boolean serving() {
        return services.ready && !stopping;
    }

    /** Whether more comes than the relay can file: intake and publishers wait. */
    boolean isOverloaded() {
        long limit = cacheLimit();
        return relay.isFull() || cache.bytes() > limit + limit / 4;
    }

    /** Keeps an accepted message to be asked for, and makes room for it soon. */
    void keep(HeldMessage message) {
        cache.keep(message);
        if (cache.bytes() > cacheLimit() && expiring.compareAndSet(false, true)) {
            relay.post(() -> {
                expiring.set(false);
                expire.run();
            });
        }
    }

    long cacheLimit() {
        return settings.cacheLimit(heapBytes);
    }
}
