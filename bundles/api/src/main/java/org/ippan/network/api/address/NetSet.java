// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A list of networks in CIDR notation. Immutable.
 *
 * @param prefixes the networks
 */
public record NetSet(List<Prefix> prefixes) {

    /** Only what is no host name: parsing must not ask a name server. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * Reads networks.
     *
     * @param networks in CIDR notation
     * @return the set
     * @throws IllegalArgumentException naming the first that is no network
     */
    public static NetSet parse(List<String> networks) {
        Objects.requireNonNull(networks, "networks");
        return new NetSet(networks.stream().map(NetSet::prefix).toList());
    }

    private static Prefix prefix(String network) {
        int slash = network.indexOf('/');
        String literal = slash < 0 ? "" : network.substring(0, slash);
        InetAddress address = address(literal).orElseThrow(() -> notANetwork(network));
        try {
            int length = Integer.parseInt(network.substring(slash + 1));
            if (length < 0 || length > (address instanceof Inet4Address ? 32 : 128)) {
                throw notANetwork(network);
            }
            return Prefix.of(address, length);
        } catch (NumberFormatException e) {
            throw notANetwork(network);
        }
    }

    /**
     * The address that a literal stands for, without its zone.
     *
     * @param literal an IP address, or a name
     * @return empty for a name, which is not looked up
     */
    public static Optional<InetAddress> address(String literal) {
        Objects.requireNonNull(literal, "literal");
        int zone = literal.indexOf('%');
        String number = zone < 0 ? literal : literal.substring(0, zone);
        if (!LITERAL.matcher(number).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(number));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static IllegalArgumentException notANetwork(String network) {
        return new IllegalArgumentException("'" + network + "' is no network like 10.0.0.0/8 or fc00::/7");
    }

    /**
     * Whether an address is in one of the networks.
     *
     * @param address any
     * @return true if it is
     */
    public boolean contains(InetAddress address) {
        for (Prefix prefix : prefixes) {
            if (prefix.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
