// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.testkit.osgi.FakeContainer;
import org.junit.jupiter.api.Test;

/** The component of a configured peer, as Declarative Services drives it. */
class PeerComponentTest {

    private static final String PID = "org.ippan.network.peers.peer~paris";

    private final FakeContainer container = new FakeContainer();

    @Test
    void shouldShowItsConfigurationByThePidAndCountChangesButPublishNoKey() {
        PeerComponent peer = new PeerComponent(Map.of("service.pid", PID, "Address", "x", "address", "10.0.0.1:9700"));
        peer.publish(container.context());
        assertEquals(List.of(Map.of("service.pid", PID, "ippan.generation", 1L)), container.registered());

        peer.modified(Map.of("service.pid", PID, "address", "nowhere"));

        assertEquals(List.of(Map.of("service.pid", PID, "ippan.generation", 2L)), container.registered());
        assertEquals("10.0.0.1:9700", peer.seed().orElseThrow().address().toString());
        String error = peer.settings().lastConfigError().orElseThrow();
        assertTrue(error.startsWith(PID + ": address = nowhere"), error);

        peer.deactivate();

        assertEquals(List.of(), container.registered());
    }

    /** Any other peer at the address would be taken for it, as if no id had been wanted. */
    @Test
    void shouldDialNoPeerWhoseIdWasNeverRight() {
        String id = "ab".repeat(32);
        PeerComponent peer = new PeerComponent(Map.of("service.pid", PID, "address", "10.0.0.1:9700", "peerId",
                "${env:PARIS}"));
        peer.publish(container.context());
        assertEquals(Optional.empty(), peer.seed());
        peer.modified(Map.of("service.pid", PID, "address", "10.0.0.2:9700", "peerId", "12"));
        assertEquals(Optional.empty(), peer.seed());

        peer.modified(Map.of("service.pid", PID, "address", "10.0.0.2:9700", "peerId", id));
        assertEquals(Optional.of(PeerId.parse(id)), peer.seed().orElseThrow().pin());
        peer.modified(Map.of("service.pid", PID, "address", "10.0.0.2:9700", "peerId", "12"));

        assertEquals(Optional.of(PeerId.parse(id)), peer.seed().orElseThrow().pin());
        peer.deactivate();
    }
}
