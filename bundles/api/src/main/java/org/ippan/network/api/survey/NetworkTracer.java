// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.survey;

import java.util.concurrent.TimeUnit;
import org.ippan.network.api.MessageId;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Asks the network which way a message took, as long as its body is in the caches of the nodes (60 s by default). A
 * question is signed, goes to all nodes, and each that shares its status answers from what it keeps anyway. A node asks
 * once in 32 seconds. Safe for any thread.
 */
@ProviderType
public interface NetworkTracer {

    /**
     * Asks, unless it was asked a minute ago or less; does not wait for answers, which later calls tell.
     *
     * @param id of the message
     * @return what is known by now
     */
    NetworkTrace trace(MessageId id);

    /** Passes time. */
    @ConsumerType
    @FunctionalInterface
    interface Pause {

        /**
         * Waits.
         *
         * @param millis how long
         * @throws InterruptedException if the thread is interrupted meanwhile
         */
        void pass(long millis) throws InterruptedException;
    }

    /**
     * Asks, and waits until all answers are in: about a second in small networks, and as many seconds as the network
     * has nodes, divided by 50, in large ones.
     *
     * @param id of the message
     * @param seconds to wait at most
     * @param pause how to wait
     * @return what is known then
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    default NetworkTrace await(MessageId id, int seconds, Pause pause) throws InterruptedException {
        NetworkTrace trace = trace(id);
        for (long left = TimeUnit.SECONDS.toMillis(seconds); left > 0 && trace.phase().goesOn();
                left -= NetworkTrace.LOOK_MILLIS) {
            pause.pass(NetworkTrace.LOOK_MILLIS);
            trace = trace(id);
        }
        return trace;
    }
}
