// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.discovery.FindingRefusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

    private static final Rules STRICT = new Rules(64, false, false);
    private static final Rules LOOSE = new Rules(64, true, true);

    private static Optional<FindingRefusal> judge(Rules rules, String host) {
        return rules.refusal(PeerAddress.tcp(host, 9700));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "224.0.0.1", "ff02::1", "169.254.1.1", "fe80::1", "fe80::1%eth0",
        "0.1.2.3", "240.0.0.1", "255.255.255.255", "::ffff:0.0.0.0", "0"})
    void shouldNeverTellAddressesNoPeerCanBeAt(String host) {
        assertEquals(Optional.of(FindingRefusal.UNREACHABLE), judge(LOOSE, host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1", "localhost", "a.LOCALHOST",
        "2130706433", "127.1"})
    void shouldTellThisMachineOnlyIfAllowed(String host) {
        assertEquals(Optional.of(FindingRefusal.LOOPBACK), judge(STRICT, host));
        assertEquals(Optional.empty(), judge(LOOSE, host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "100.127.255.255",
        "fc00::1", "fd12::1", "::ffff:10.0.0.1"})
    void shouldTellPrivateNetworksOnlyIfAllowed(String host) {
        assertEquals(Optional.of(FindingRefusal.PRIVATE), judge(STRICT, host));
        assertEquals(Optional.empty(), judge(LOOSE, host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "172.32.0.1", "100.128.0.1", "100.63.0.1", "2001:db8::1", "node.example.org"})
    void shouldTellWhatIsPublic(String host) {
        assertEquals(Optional.empty(), judge(STRICT, host));
    }

    @ParameterizedTest
    @CsvSource({"1.2.3.4.5", "999.1.1.1", "1:2:3:4:5:6:7:8:9", "0x7f000001", "0x7f.1", "127.0.0.0x1", "a.1"})
    void shouldRefuseWhatIsNoAddress(String host) {
        assertEquals(Optional.of(FindingRefusal.BAD_TEXT), judge(LOOSE, host));
    }
}
