// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import org.junit.Test;

/** A few random restarts, updates and refreshes under traffic; {@code RestartsAcceptance} takes hundreds. */
public class RestartsIT {

    private static final long SEED = Long.getLong("seed", 7);

    @Test
    public void shouldLoseNothingForTheFourServicesAndLeaveNothingBehindHoweverBundlesAreReplaced() throws Exception {
        try (Restarts restarts = new Restarts(Container.TARGET.resolve("felix").resolve("restarts"), SEED)) {
            restarts.run(4, RestartedNode.SERVICES);
            restarts.checkThatNothingIsLostOrDoubled();

            restarts.runWithCare(4, RestartedNode.FAITHFUL);
            restarts.checkThatNothingIsLostOrDoubled();

            restarts.run(2, RestartedNode.ALL);
            restarts.checkThatOnlyWhatCannotBeSentIsLost();
            restarts.checkThatNothingIsLeft();
        }
    }
}
