// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.contender;

import java.util.Map;

/** One node of a system that is measured. */
public interface Member extends AutoCloseable {

    /**
     * Where others reach it.
     *
     * @return without commas and spaces
     */
    String address();

    /**
     * Whether it is ready to exchange messages.
     *
     * @return true if it has all the links it is to have
     */
    boolean connected();

    /**
     * Publishes to all others, and waits as long as the system wants a publisher to wait.
     *
     * @param payload is handed over and not changed any more
     * @throws InterruptedException if it was told to give up
     */
    void publish(byte[] payload) throws InterruptedException;

    /**
     * Publishes what is to overtake all else.
     *
     * @param payload is handed over and not changed any more
     * @throws InterruptedException if it was told to give up
     */
    default void hurry(byte[] payload) throws InterruptedException {
        throw new UnsupportedOperationException("nothing overtakes here");
    }

    /**
     * What the system counted itself.
     *
     * @return by name; nothing if it tells nothing
     */
    default Map<String, Long> counters() {
        return Map.of();
    }

    @Override
    void close();
}
