// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.address;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * The first bits of an IP address: what strangers are counted by, since whole networks are cheap to have in IPv6.
 *
 * @param v6 whether it is an IPv6 prefix
 * @param bits the address with all but the first bits cleared, as a number
 * @param length how many bits count
 */
public record Prefix(boolean v6, BigInteger bits, int length) {

    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;

    /** The prefix of an address, of one length for IPv4 and another for IPv6. */
    private static Prefix of(InetAddress address, int v4Length, int v6Length) {
        boolean v6 = !(address instanceof Inet4Address);
        return of(address, v6 ? v6Length : v4Length);
    }

    /** The first bits of an address. */
    static Prefix of(InetAddress address, int length) {
        boolean v6 = !(address instanceof Inet4Address);
        int cleared = (v6 ? V6_BITS : V4_BITS) - length;
        return new Prefix(v6, new BigInteger(1, address.getAddress()).shiftRight(cleared).shiftLeft(cleared), length);
    }

    /**
     * One host, or the /64 that a host has in IPv6.
     *
     * @param address of the host
     * @return the prefix it is in
     */
    public static Prefix host(InetAddress address) {
        Objects.requireNonNull(address, "address");
        return of(address, V4_BITS, 64);
    }

    /**
     * A network of one owner, as far as that can be guessed.
     *
     * @param address of the host
     * @return the prefix it is in
     */
    public static Prefix subnet(InetAddress address) {
        Objects.requireNonNull(address, "address");
        return of(address, 24, 48);
    }

    /**
     * A region: dials spread over these first.
     *
     * @param address of the host
     * @return the prefix it is in
     */
    public static Prefix region(InetAddress address) {
        Objects.requireNonNull(address, "address");
        return of(address, 16, 32);
    }

    /** In CIDR notation. */
    @Override
    public String toString() {
        byte[] address = new byte[(v6 ? V6_BITS : V4_BITS) / Byte.SIZE];
        byte[] number = bits.toByteArray();
        int length = Math.min(number.length, address.length);
        System.arraycopy(number, number.length - length, address, address.length - length, length);
        try {
            return InetAddress.getByAddress(address).getHostAddress() + '/' + this.length;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the length is right", e);
        }
    }

    /**
     * Whether an address begins with it.
     *
     * @param address any
     * @return true if it does
     */
    public boolean contains(InetAddress address) {
        return address instanceof Inet4Address != v6 && of(address, length).equals(this);
    }
}
