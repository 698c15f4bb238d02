// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlerGateTest {

    private final List<String> told = new ArrayList<>();
    private boolean deduplicates;
    private final HandlerGate gate = new HandlerGate(() -> deduplicates, () -> {
        told.add("registered");
        return () -> told.add("unregistered");
    });

    private void deduplicatorComes() {
        deduplicates = true;
        gate.deduplicatorCame();
    }

    @Test
    void shouldTakeNoFramesBeforeEverythingIsBound() {
        deduplicatorComes();
        assertEquals(List.of(), told);

        gate.bound();

        assertEquals(List.of("registered"), told);
    }

    @Test
    void shouldTakeNoFramesBeforeThereIsADeduplicator() {
        gate.bound();
        assertEquals(List.of(), told);

        deduplicatorComes();
        deduplicatorComes();

        assertEquals(List.of("registered"), told);
    }

    @Test
    void shouldTakeNoFramesWhenItEnds() {
        deduplicatorComes();
        gate.bound();

        gate.close();
        deduplicatorComes();

        assertEquals(List.of("registered", "unregistered"), told);
    }

    @Test
    void shouldTakeNoFramesWhileASettingForbidsItAndTakeThemAgainThen() {
        gate.serve(false);
        deduplicatorComes();
        gate.bound();
        assertEquals(List.of(), told);

        gate.serve(true);
        deduplicates = false;
        gate.serve(false);
        gate.serve(true);
        gate.close();
        gate.serve(true);

        assertEquals(List.of("registered", "unregistered", "registered", "unregistered"), told);
    }

    @Test
    void shouldNeverOpenAfterItsEnd() {
        gate.close();

        deduplicatorComes();

        assertEquals(List.of(), told);
    }
}
