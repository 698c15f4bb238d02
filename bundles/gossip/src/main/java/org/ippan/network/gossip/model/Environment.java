// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.ippan.network.api.Ticker;

/**
 * All that the core takes from the outside world, so that a simulation may own it.
 *
 * @param ticker time
 * @param random chance
 * @param relay the one thread the relay's state is confined to
 * @param validators runs validators
 * @param validatorThreads is told how many of them may run at once
 * @param listeners runs listeners and other callbacks of applications; one that hangs holds up no other
 * @param heapBytes what limits given as 0 are derived from
 * @param segmentBytes bytes of frames in one segment of a log
 */
public record Environment(Ticker ticker, RandomGenerator random, ScheduledExecutorService relay, Executor validators,
        IntConsumer validatorThreads, Executor listeners, long heapBytes, int segmentBytes) {
}
