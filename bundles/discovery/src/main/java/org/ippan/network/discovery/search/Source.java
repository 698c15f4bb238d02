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

    /**
     * Takes over what the source looked at before remembers of what is searched here too: new settings must forget
     * nothing that cannot be asked for just now. Called before the first look, on the thread that looks.
     *
     * @param before the one that settings of before wanted
     */
    default void follow(Source before) {
    }

    /** Gives back what it holds; called once, also while it looks on another thread. */
    default void close() {
    }
}
