// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import java.util.Optional;

/** What a client is told for as long as it reads. Safe for any thread. */
public interface EventSource {

    /**
     * Begins.
     *
     * @param ready to be run whenever there is something to tell, or it has ended; on any thread, and often
     */
    void open(Runnable ready);

    /** The next event as it is sent; empty if there is none just now. */
    Optional<String> next();

    /** Whether the client is to be told nothing more. */
    boolean ended();

    /**
     * The client read nothing for too long, and is about to be closed.
     *
     * @param unsent events that were on their way to it
     */
    void stalled(int unsent);

    /** The client has gone. May be called again, and may take a while. */
    void close();
}
