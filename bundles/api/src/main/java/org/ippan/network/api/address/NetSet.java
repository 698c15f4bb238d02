// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
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

    /** Only what begins so, and has a colon, does the JDK take for an address, or refuse, without asking for a name. */
    private static final Pattern V6 = Pattern.compile("(?=[^:]*:)[0-9a-fA-F:][0-9a-fA-F:.]*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");
    private static final int V4_BYTES = 4;

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
        try {
            if (V6.matcher(number).matches()) {
                return Optional.of(InetAddress.getByName(number));
            }
            byte[] v4 = v4(number);
            return v4 == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(v4));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * Up to four numbers, of which the last fills what is left, as the JDK reads them; null for anything else. The JDK
     * itself looks that up as a name, for example 999.1.1.1, and so would wait for a name server.
     */
    private static byte[] v4(String text) {
        String[] parts = text.split("\\.", -1);
        long value = 0;
        for (int i = 0; i < parts.length; i++) {
            int bits = Byte.SIZE * (i < parts.length - 1 ? 1 : V4_BYTES - i);
            if (bits <= 0 || !DIGITS.matcher(parts[i]).matches() || Long.parseLong(parts[i]) >= 1L << bits) {
                return null;
            }
            value = value << bits | Long.parseLong(parts[i]);
        }
        return parts.length > V4_BYTES ? null : ByteBuffer.allocate(V4_BYTES).putInt((int) value).array();
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
