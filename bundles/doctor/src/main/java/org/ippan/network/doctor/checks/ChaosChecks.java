// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ippan.network.api.chaos.ChaosSnapshot;
import org.ippan.network.doctor.look.Look;

/** Whether this node makes faults on purpose. */
public final class ChaosChecks {

    private final Look look;

    public ChaosChecks(Look look) {
        this.look = look;
    }

    public Map<String, Consumer<Findings>> all() {
        return Map.of("chaos", this::chaos);
    }

    private void chaos(Findings findings) {
        look.services().told(ChaosSnapshot.class).filter(ChaosSnapshot::active).forEach(chaos ->
                findings.warn("chaos", "This node makes faults on purpose for another "
                        + remaining((long) Math.ceil(chaos.remainingSeconds())) + ": " + chaos.faults() + ".", "To end"
                        + " them now, take the keys of org.ippan.network.chaos out, or remove that bundle."));
    }

    private static String remaining(long seconds) {
        long minute = TimeUnit.MINUTES.toSeconds(1);
        return seconds < minute ? seconds + " s" : (seconds + minute - 1) / minute + " min";
    }
}
