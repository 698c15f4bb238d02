// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.gateway;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Whether an address is one that peers anywhere can reach. Stateless. */
public final class Outside {

    private Outside() {
    }

    /** Not where it is private, shared (100.64.0.0/10), reserved, or no address of a host at all. */
    public static boolean isPublic(InetAddress ip) {
        byte[] bytes = ip.getAddress();
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        if (ip.isAnyLocalAddress() || ip.isLoopbackAddress() || ip.isLinkLocalAddress() || ip.isSiteLocalAddress()
                || ip.isMulticastAddress()) {
            return false;
        }
        if (ip instanceof Inet4Address) {
            boolean shared = first == 100 && (second & 0xC0) == 0x40;
            boolean benchmarks = first == 198 && (second & 0xFE) == 18;
            return first != 0 && first < 0xF0 && !shared && !benchmarks;
        }
        return (first & 0xFE) != 0xFC;
    }
}
