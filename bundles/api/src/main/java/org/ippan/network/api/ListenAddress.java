// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen: a host and the ports to try in order.
 *
 * @param host a name or an IP address
 * @param firstPort 0 for any
 * @param lastPort not less than the first
 */
public record ListenAddress(String host, int firstPort, int lastPort) {

    /** What a text has to be to be read, for refusals. */
    public static final String RULE = "host:port or host:from-to with ports up to 65535";

    private static final Pattern RANGE = Pattern.compile("(.*:([0-9]{1,5}))-([0-9]{1,5})");
    private static final Pattern LOOPBACK_V4 = Pattern.compile("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");

    /**
     * Checks the ports.
     *
     * @param host not null
     * @param firstPort 0 to 65535
     * @param lastPort not less than the first, and 0 with it
     * @throws IllegalArgumentException if they are no range
     */
    public ListenAddress {
        Objects.requireNonNull(host, "host");
        if (lastPort < firstPort || lastPort > 0xFFFF || firstPort == 0 && lastPort != 0) {
            throw new IllegalArgumentException("a range of ports goes up, from 1 to 65535");
        }
    }

    /**
     * Reads {@code host:port} or {@code host:from-to}.
     *
     * @param text what an operator wrote
     * @return the address
     * @throws IllegalArgumentException if it is anything else
     */
    public static ListenAddress parse(String text) {
        Objects.requireNonNull(text, "text");
        Matcher range = RANGE.matcher(text);
        PeerAddress first = PeerAddress.parse(range.matches() ? range.group(1) : text);
        if (!first.scheme().equals(PeerAddress.TCP) || !first.path().isEmpty()) {
            throw new IllegalArgumentException("only tcp is listened on");
        }
        return new ListenAddress(first.host(), first.port(),
                range.matches() ? Integer.parseInt(range.group(3)) : first.port());
    }

    /**
     * Whether only this machine can reach it, judged without looking up any name but {@code localhost}.
     *
     * @return true for loopback addresses
     */
    public boolean loopback() {
        return host.equals("localhost") || host.equals("::1") || LOOPBACK_V4.matcher(host).matches();
    }

    @Override
    public String toString() {
        String first = PeerAddress.tcp(host, firstPort).toString();
        return lastPort == firstPort ? first : first + '-' + lastPort;
    }
}
