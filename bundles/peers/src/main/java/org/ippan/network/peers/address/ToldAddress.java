// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.address;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.address.AddressDrop;
import org.ippan.network.api.address.NetSet;

/**
 * An address as a peer told it, judged by its text alone: no name server is asked about what strangers write.
 *
 * @param address the address, or null if it must not be taken
 * @param drop why not, or null
 */
public record ToldAddress(PeerAddress address, AddressDrop drop) {

    private static final Set<String> SCHEMES = Set.of(PeerAddress.TCP, "wss");
    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z._:-]+");
    private static final NetSet PRIVATE = NetSet.parse(List.of("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12",
            "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7", "fe80::/10"));

    /**
     * Judges a text.
     *
     * @param text what was told
     * @param own this node's addresses
     */
    public static ToldAddress judge(String text, Set<PeerAddress> own) {
        Optional<PeerAddress> parsed = parse(text);
        if (parsed.isEmpty()) {
            return new ToldAddress(null, AddressDrop.BAD_TEXT);
        }
        PeerAddress address = parsed.get();
        Optional<InetAddress> ip = NetSet.address(address.host());
        if (ip.isPresent() && (ip.get().isAnyLocalAddress() || ip.get().isMulticastAddress())) {
            return new ToldAddress(null, AddressDrop.UNREACHABLE);
        }
        if (own.contains(address)) {
            return new ToldAddress(null, AddressDrop.OWN);
        }
        return new ToldAddress(address, null);
    }

    /** The address a text stands for if it is written as records write them, but for the case of names. */
    public static Optional<PeerAddress> parse(String text) {
        try {
            PeerAddress address = PeerAddress.parse(text);
            boolean sane = address.port() > 0 && address.uri().equalsIgnoreCase(text)
                    && SCHEMES.contains(address.scheme()) && HOST.matcher(address.host()).matches()
                    && text.chars().allMatch(c -> c > ' ' && c < 0x7F)
                    && (address.path().isEmpty() || !address.scheme().equals(PeerAddress.TCP))
                    && (address.host().indexOf(':') < 0 || NetSet.address(address.host()).isPresent());
            return sane ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether a peer could dial this node there: not where it stands for all addresses of the machine. */
    public static boolean canBeTold(PeerAddress address) {
        return address.uri().length() <= AddressRecord.MAX_TEXT && judge(address.uri(), Set.of()).drop() == null;
    }

    /** Whether only neighbours can reach it. */
    public static boolean isPrivate(PeerAddress address) {
        return NetSet.address(address.host()).map(PRIVATE::contains)
                .orElse(address.host().equalsIgnoreCase("localhost"));
    }

    public static boolean isPrivate(InetAddress ip) {
        return PRIVATE.contains(ip);
    }
}
