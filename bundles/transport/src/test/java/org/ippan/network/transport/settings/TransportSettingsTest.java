// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.ListenAddress;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.transport.TransportSnapshot;
import org.ippan.network.testkit.Descriptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator may write, and what comes of it. */
final class TransportSettingsTest {

    private final List<String> errors = new ArrayList<>();
    private final LiveSettings<TransportSettings> live = new LiveSettings<>(TransportSettings.SCHEMA,
            TransportSettings::of, errors::add, errors::add);

    private boolean update(Map<String, Object> raw) {
        return live.update(raw, applied -> { });
    }

    @Test
    void shouldSayTheSameEverywhere() {
        assertEquals(List.of(), Descriptions.disagreements(TransportConfig.class, TransportSettings.SCHEMA));
        assertEquals(List.of(), Descriptions.undescribed(TransportSnapshot.class));
    }

    @ParameterizedTest
    @CsvSource({
        "ioThreads, 3, 65", "connectTimeoutSeconds, 7, 0", "handshakeTimeoutSeconds, 7, abc",
        "maxPendingHandshakes, 9, 0", "maxPendingPerAddress, 9, -1", "acceptPerSecond, 9, 10s",
        "socketBufferBytes, 0, 0x10", "writeStallSeconds, 9, 0",
        "inboundMessagesPerSecond, 9, -1", "inboundBytesPerSecond, 1024, 1023", "controlFramesPerSecond, 100, 99",
        "outboundBytesPerSecond, 1024, 1", "outboundBurstBytes, 9, -1", "peerOutboundBytesPerSecond, 9999, 10s",
        "listenAddress, localhost:1-2, nowhere", "allowPlaintext, true, maybe",
    })
    void shouldTakeOverAGoodValueAndKeepItWhenABadOneComes(String key, String good, String bad) {
        String before = live.current().toString();

        assertTrue(update(Map.of(key, good)));
        String changed = live.current().toString();
        assertFalse(update(Map.of(key, bad)));

        assertFalse(changed.equals(before), changed);
        assertEquals(changed, live.current().toString());
        assertTrue(errors.get(errors.size() - 1).contains(key + " = " + bad), errors::toString);
    }

    @Test
    void shouldWarnOfABurstOfARateThatHasNoLimit() {
        assertTrue(update(Map.of("outboundBurstBytes", "100000")));

        assertTrue(errors.get(0).contains("outboundBurstBytes: it does nothing while outboundBytesPerSecond is not"
                + " set"), errors::toString);
    }

    /** 40 KiB each, of 3/64 of the heap but 32 MiB. */
    @Test
    void shouldSayThatTheHeapHasRoomForFewerHandshakes() {
        LiveSettings<TransportSettings> small = new LiveSettings<>(TransportSettings.SCHEMA,
                values -> TransportSettings.of(values, 64 << 20), errors::add, errors::add);
        small.update(Map.of(), applied -> { });
        int byDefault = small.current().accept().maxPending();
        List<String> before = List.copyOf(errors);

        small.update(Map.of("maxPendingHandshakes", "100"), applied -> { });

        assertEquals(38, byDefault);
        assertEquals(38, small.current().accept().maxPending());
        assertEquals(List.of(), before);
        assertTrue(errors.get(0).contains("maxPendingHandshakes") && errors.get(0).contains("the heap has room for 38"
                + " handshakes, so that no more than these are pending; lower it, or give the JVM a larger heap"
                + " (-Xmx)"), errors::toString);

        small.update(Map.of("maxPendingHandshakes", "30"), applied -> { });
        assertEquals(30, small.current().accept().maxPending());
        assertEquals(1, errors.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls", "allowPlaintext"})
    void shouldFailClosedWhenASecurityKeyIsInvalid(String key) {
        update(Map.of());

        update(Map.of(key, "maybe"));
        assertTrue(live.failedClosed());

        update(Map.of(key, "true"));
        assertFalse(live.failedClosed());
    }

    /** Their default is no bound at all. */
    @ParameterizedTest
    @ValueSource(strings = {"inboundBytesPerSecond", "inboundMessagesPerSecond"})
    void shouldNotBeginToServeWithoutABoundThatWasMeant(String key) {
        update(Map.of(key, "5k"));
        assertTrue(live.failedClosed());

        update(Map.of(key, "5000"));
        assertFalse(live.failedClosed());

        update(Map.of(key, "6k"));
        assertFalse(live.failedClosed(), "the last good bound holds");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:9700", "localhost:0", "[::1]:9700", "127.8.9.1:1-5"})
    void shouldAllowPlaintextOnLoopback(String address) {
        assertTrue(update(Map.of("tls", "false", "listenAddress", address)), errors::toString);
        assertFalse(live.current().tls());
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0:9700", "[::]:9700", "example.org:9700", "127.0.0.1.example.org:1"})
    void shouldRefusePlaintextToOthersUnlessItIsMeant(String address) {
        assertFalse(update(Map.of("tls", "false", "listenAddress", address)));
        assertTrue(live.failedClosed());
        assertTrue(live.current().tls());

        assertTrue(update(Map.of("tls", "false", "listenAddress", address, "allowPlaintext", "true")));
        assertFalse(live.failedClosed());
    }

    @Test
    void shouldRefuseToBeMadeInsecure() {
        TransportSettings good = live.current();

        assertThrows(IllegalArgumentException.class, () -> new TransportSettings(ListenAddress.parse("0.0.0.0:1"),
                false, false, 0, 5, good.sockets(), good.accept(), good.writeStallSeconds(), good.inbound(),
                good.shaping(), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9700", "host", "host:", "host:99999", "host:5-4", "host:1-99999", "host:0-5",
        "wss://host:1", "tcp://host:1/path", "host:1-2-3"})
    void shouldRefuseWhatIsNoListenAddress(String text) {
        assertThrows(IllegalArgumentException.class, () -> ListenAddress.parse(text));
    }
}
