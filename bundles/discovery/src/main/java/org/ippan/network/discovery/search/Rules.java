// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.search;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.address.NetSet;
import org.ippan.network.api.discovery.FindingRefusal;

/**
 * Which addresses a source may tell: never those where no peer can be, and those of this machine or of private networks
 * as the operator wants it. An address is judged by its text; no name is looked up.
 *
 * @param maxAddresses told at a time
 * @param allowLoopback whether addresses of this machine may be told
 * @param allowPrivate whether addresses of private networks may be told
 */
public record Rules(int maxAddresses, boolean allowLoopback, boolean allowPrivate) {

    /** What some systems take for a number, and so for an address, though it is no literal. */
    private static final Pattern NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");
    private static final String LOCALHOST = "localhost";

    /** Why an address may not be told; empty if it may. */
    public Optional<FindingRefusal> refusal(PeerAddress address) {
        Optional<InetAddress> literal = NetSet.address(address.host());
        if (literal.isPresent()) {
            return refusal(literal.get());
        }
        if (NUMBER.matcher(address.host()).matches() || address.host().indexOf(':') >= 0) {
            return Optional.of(FindingRefusal.BAD_TEXT);
        }
        return isLocalName(address.host()) && !allowLoopback ? Optional.of(FindingRefusal.LOOPBACK) : Optional.empty();
    }

    /** Why an address may not be told; empty if it may. */
    public Optional<FindingRefusal> refusal(InetAddress ip) {
        if (isUnreachable(ip)) {
            return Optional.of(FindingRefusal.UNREACHABLE);
        }
        if (ip.isLoopbackAddress()) {
            return allowLoopback ? Optional.empty() : Optional.of(FindingRefusal.LOOPBACK);
        }
        return allowPrivate || !isPrivate(ip) ? Optional.empty() : Optional.of(FindingRefusal.PRIVATE);
    }

    private static boolean isLocalName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals(LOCALHOST) || name.endsWith('.' + LOCALHOST);
    }

    /** Beside what the JDK names: 0.0.0.0/8 and everything from 240.0.0.0 (RFC 6890). */
    private static boolean isUnreachable(InetAddress ip) {
        int first = ip.getAddress()[0] & 0xFF;
        return ip.isAnyLocalAddress() || ip.isMulticastAddress() || ip.isLinkLocalAddress()
                || ip instanceof Inet4Address && (first == 0 || first >= 0xF0);
    }

    /** Beside what the JDK names: 100.64.0.0/10 (RFC 6598) and fc00::/7 (RFC 4193). */
    private static boolean isPrivate(InetAddress ip) {
        byte[] bytes = ip.getAddress();
        return ip.isSiteLocalAddress() || ip instanceof Inet6Address && (bytes[0] & 0xFE) == 0xFC
                || ip instanceof Inet4Address && bytes[0] == 100 && (bytes[1] & 0xC0) == 0x40;
    }
}
