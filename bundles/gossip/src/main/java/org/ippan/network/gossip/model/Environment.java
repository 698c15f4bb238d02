// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.callback.CallbackFaults;

/**
 * All that the core takes from the outside world, so that a simulation may own it.
 *
 * @param ticker time
 * @param wallMillis the clock of the machine, milliseconds since 1970: for what other nodes signed, and for no duration
 * @param random chance
 * @param relay the one thread the relay's state is confined to
 * @param validators runs validators
 * @param listeners runs listeners
 * @param publishers tells publishers what became of their messages, and that there is room: not on threads of
 *        listeners, which may all be waiting for just that
 * @param faults is told what goes wrong in either
 * @param heapBytes what limits given as 0 are derived from
 * @param segmentBytes bytes of frames in one segment of a log
 */
public record Environment(Ticker ticker, LongSupplier wallMillis, RandomGenerator random,
        ScheduledExecutorService relay, Callbacks validators, Callbacks listeners, Callbacks publishers,
        CallbackFaults faults, long heapBytes, int segmentBytes) {
}
