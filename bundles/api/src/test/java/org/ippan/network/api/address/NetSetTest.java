// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetSetTest {

    @ParameterizedTest
    @CsvSource({"192.0.2.1,192.0.2.1", "010.0.0.1,10.0.0.1", "10.1,10.0.0.1", "127.0.1,127.0.0.1",
        "2130706433,127.0.0.1", "255.255.255.255,255.255.255.255", "::1,0:0:0:0:0:0:0:1", "2001:db8::7%eth0,"
            + "2001:db8:0:0:0:0:0:7", "::ffff:192.0.2.1,192.0.2.1"})
    void shouldReadWhatTheSystemTakesForAnAddress(String text, String address) {
        assertEquals(Optional.of(address), NetSet.address(text).map(InetAddress::getHostAddress));
    }

    /** The JDK would ask a name server for the addresses of most of these, and the caller would wait. */
    @ParameterizedTest
    @ValueSource(strings = {"999.1.1.1", "1.2.3.4.5", "256.1", "4294967296", "99999999999", "1..2", ".", "...", "1.",
        ".1:", "1.2:3", ":::", "host.example.org", "", "0x7f.1"})
    void shouldTakeNothingElseForAnAddress(String text) {
        assertEquals(Optional.empty(), NetSet.address(text));
    }
}
