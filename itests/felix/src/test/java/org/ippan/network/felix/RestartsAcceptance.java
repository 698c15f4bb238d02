// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import org.junit.Test;

/**
 * The long form of {@code RestartsIT}; {@code docs/testing.md} has the command. So many steps are
 * {@code -Dacceptance.steps}, their seed is {@code -Dacceptance.seed}.
 */
public class RestartsAcceptance {

    private static final int STEPS = Integer.getInteger("acceptance.steps", 300);
    /** So many first with the four services only, and so many at last with every bundle. */
    private static final int OF_SERVICES = STEPS / 5;
    private static final long SEED = Long.getLong("acceptance.seed", 42);

    @Test
    public void shouldLoseNothingForTheFourServicesAndLeaveNothingBehindHoweverBundlesAreReplaced() throws Exception {
        try (Restarts restarts = new Restarts(Container.TARGET.resolve("felix").resolve("long"), SEED)) {
            restarts.run(OF_SERVICES, RestartedNode.SERVICES);
            restarts.checkThatNothingIsLostOrDoubled();

            restarts.runWithCare(STEPS - 2 * OF_SERVICES, RestartedNode.FAITHFUL);
            restarts.checkThatNothingIsLostOrDoubled();

            restarts.run(OF_SERVICES, RestartedNode.ALL);
            restarts.checkThatOnlyWhatCannotBeSentIsLost();
            restarts.checkThatNothingIsLeft();
        }
    }
}
