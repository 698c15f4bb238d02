// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.reputation;

import org.osgi.annotation.versioning.ProviderType;

/**
 * One peer's entry, kept by a connection so that its records need no look-up. Safe for any thread, allocates nothing.
 * Stays usable after the peer was forgotten: its next record makes a new entry, as one by id does, so that no connected
 * peer gets out of account because the table was full. After the service went away what is recorded counts for nothing.
 */
@ProviderType
public interface PeerStandingHandle {

    /** Records nothing: what stands in while there is no reputation service. */
    PeerStandingHandle NOOP = new PeerStandingHandle() {
        @Override
        public void recordSuccess(Cause cause) {
            // no service to tell
        }

        @Override
        public void recordFailure(Cause cause) {
            // no service to tell
        }

        @Override
        public void recordInvalid(Cause cause) {
            // no service to tell
        }

        @Override
        public Standing standing() {
            return Standing.GOOD;
        }

        @Override
        public int score() {
            return 0;
        }
    };

    /**
     * The peer did well.
     *
     * @param cause how
     */
    void recordSuccess(Cause cause);

    /**
     * The peer failed, perhaps through no fault of its own.
     *
     * @param cause how
     */
    void recordFailure(Cause cause);

    /**
     * The peer sent what no honest peer sends.
     *
     * @param cause what
     */
    void recordInvalid(Cause cause);

    /** {@return what the peer's score means now} */
    Standing standing();

    /** {@return the peer's score now: -1000 to +1000} */
    int score();
}
