// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.search;

import java.io.IOException;
import java.util.List;

/** Where addresses come from. Called by one thread at a time. */
public interface Source {

    /** Nothing is searched. */
    Source NONE = new Source() {

        private static final long FOR_EVER_SECONDS = 86_400;

        @Override
        public Sighting look() {
            return Sighting.of(List.of(), FOR_EVER_SECONDS);
        }
    };

    /**
     * Looks once; blocks no longer than its time limits say.
     *
     * @return what it saw
     * @throws IOException if it saw nothing at all: what was seen before stays
     */
    Sighting look() throws IOException;

    /** The longest time between a look that failed and the next one. */
    default long refreshSeconds() {
        return Long.MAX_VALUE;
    }

    /** Gives back what it holds; called once, also while it looks on another thread. */
    default void close() {
    }
}
