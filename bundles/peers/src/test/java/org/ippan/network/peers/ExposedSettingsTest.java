// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.settings.SettingAdvice;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.peers.settings.ExposedSettings;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.SimNetwork;
import org.junit.jupiter.api.Test;

/** A short network key is good enough on loopback, and nowhere else. */
class ExposedSettingsTest {

    private static final Map<String, Object> SHORT = Map.of("networkKey", "old-secret");

    private final SimNetwork network = new SimNetwork(new ManualScheduler(), 1);
    private final Transport first = network.node(Peers.alice(), "127.0.0.1");
    private final Transport second = network.node(Peers.bob(), "127.0.0.2");
    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final ExposedSettings settings = new ExposedSettings(errors::add, warnings::add);

    private void listens(Transport transport, boolean loopback) {
        settings.listens(transport, Map.of(Transport.LOOPBACK, loopback), applied -> { });
    }

    private void configure(Map<String, Object> raw) {
        settings.update(raw, applied -> { });
    }

    @Test
    void shouldTakeAShortKeyOnLoopbackWithOneWarningAndSayWhy() {
        configure(SHORT);
        assertEquals(List.of(), warnings);

        listens(first, true);
        listens(first, true);

        assertFalse(settings.live().failedClosed());
        assertEquals(List.of("org.ippan.network.peers: networkKey: the value has fewer than 16 bytes, only accepted"
                + " because this node listens on loopback only; 16 bytes or more elsewhere: take one such as openssl"
                + " rand -hex 32 prints"), warnings);
        assertEquals(List.of("networkKey"), settings.live().reading().advice().stream().map(SettingAdvice::key)
                .toList());
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldRefuseAShortKeyWhereOtherMachinesCanConnectAndKeepTheLastGood() {
        listens(first, false);
        configure(Map.of("networkKey", "correct horse battery staple"));
        byte[] good = settings.live().current().network().key();

        configure(SHORT);

        assertTrue(settings.live().failedClosed());
        assertEquals(good, settings.live().current().network().key());
        assertEquals(List.of("org.ippan.network.peers: networkKey = ***: must be at least 16 bytes (take one such as"
                + " openssl rand -hex 32 prints; fewer are accepted only where the node listens on loopback only)."
                + " Not serving until this is corrected"), errors);
    }

    @Test
    void shouldFailClosedWhenTheNodeBeginsToListenBeyondLoopbackAndServeAgainWhenItStops() {
        listens(first, true);
        configure(SHORT);

        listens(first, false);
        boolean closed = settings.live().failedClosed();
        listens(first, true);

        assertTrue(closed);
        assertEquals(1, errors.size());
        assertFalse(settings.live().failedClosed());
    }

    @Test
    void shouldGoByTheTransportThatIsReachedFromFarthest() {
        configure(SHORT);
        listens(first, true);
        listens(second, false);
        assertTrue(settings.live().failedClosed());

        settings.gone(second, applied -> { });

        assertFalse(settings.live().failedClosed());
    }

    @Test
    void shouldNotJudgeAgainWhatDoesNotDependOnWhereTheNodeListens() {
        configure(Map.of("networkKey", "correct horse battery staple"));

        listens(first, true);
        listens(first, false);

        assertEquals(1, settings.live().generation());
    }
}
