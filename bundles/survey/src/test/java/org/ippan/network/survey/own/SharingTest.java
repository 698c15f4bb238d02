// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.Setting;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.survey.settings.Share;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.Test;

/** Strangers tell each other nothing. */
class SharingTest {

    private static final Peer NEAR = peer("127.0.0.1:9700");
    private static final Peer FAR = peer("192.0.2.7:9700");

    private final Bound bound = new Bound();
    private Optional<Configurable> membership = Optional.empty();

    /** What of the bundle peers matters here. */
    @interface Membership {

        @Setting(text = "Key.", secret = true)
        String networkKey() default "";

        @Setting(text = "Mode.")
        String mode() default "open";
    }

    @Test
    void shouldSendNoRecordInAnOpenNetworkBeyondLoopback() {
        member(Map.of());
        listens(false);

        assertFalse(on(Share.AUTO));
        assertFalse(on(Share.AUTO, NEAR));
        assertEquals("share is auto, and the network is open: set networkKey of org.ippan.network.peers, or share ="
                + " on.", Sharing.of(Share.AUTO, bound, List.of()).reason());
    }

    @Test
    void shouldSendNoRecordToAStrangerThatThisNodeDialled() {
        member(Map.of());
        listens(true);

        assertTrue(on(Share.AUTO, NEAR));
        assertFalse(on(Share.AUTO, NEAR, FAR));
    }

    @Test
    void shouldSendRecordsWhereOnlyMembersHearThem() {
        listens(false);
        member(Map.of("networkKey", "abcdefghijklmnopqrstuvwxyz123456"));
        assertTrue(on(Share.AUTO, FAR));

        member(Map.of("mode", "allowlist"));
        assertTrue(on(Share.AUTO, FAR));
    }

    @Test
    void shouldDoAsItIsTold() {
        listens(false);
        member(Map.of("mode", "allowlist"));
        assertFalse(on(Share.OFF, NEAR));
        assertEquals("share is off.", Sharing.of(Share.OFF, bound, List.of()).reason());

        member(Map.of());
        assertTrue(on(Share.ON, FAR));
        assertEquals("share is on.", Sharing.of(Share.ON, bound, List.of()).reason());
    }

    private boolean on(Share share, Peer... connected) {
        return Sharing.of(share, bound, List.of(connected)).on();
    }

    private void listens(boolean onLoopback) {
        bound.onLoopback.put(Records.service(Transport.class, Map.of("hashCode", 1)), onLoopback);
    }

    private void member(Map<String, String> values) {
        LiveSettings<Object> settings = new LiveSettings<>(SettingsSchema.of("org.ippan.network.peers",
                Membership.class), read -> read, error -> { }, warning -> { });
        settings.update(values, applied -> { });
        membership.ifPresent(bound.services::unbind);
        membership = Optional.of(() -> settings);
        membership.ifPresent(bundle -> bound.services.bind(bundle, Map.of()));
    }

    private static Peer peer(String address) {
        return Records.of(Peer.class, Map.of("address", PeerAddress.parse(address)));
    }
}
