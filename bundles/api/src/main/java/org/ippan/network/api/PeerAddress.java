// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a peer may be reached: {@code scheme://host:port/path}. The scheme chooses the transport. However a host is
 * written, its address is the same: names are kept in lower case, and IPv6 addresses in their shortest form (RFC 5952).
 *
 * @param scheme lower case, {@code tcp} for {@code host:port}
 * @param host a name, an IPv4 address, or an IPv6 address without its brackets
 * @param port 0 to 65535; 0 only makes sense for listening
 * @param path empty, or beginning with a slash
 */
public record PeerAddress(String scheme, String host, int port, String path) {

    /** Scheme of plain frames over TCP, with TLS inside unless it is switched off. */
    public static final String TCP = "tcp";

    private static final int MAX_PORT = 65535;
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://)?(?:\\[(?<v6>[0-9a-fA-F:.]+(?:%[0-9A-Za-z._-]+)?)]"
                    + "|(?<host>[^\\[\\]:/\\s#]+))"
                    + ":(?<port>[0-9]{1,5})(?<path>/\\S*)?");
    /** Groups of an IPv6 address that are left out where it is written short. */
    private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+(?::|$)");

    /**
     * Checks the parts.
     *
     * @param scheme not empty
     * @param host not empty
     * @param port 0 to 65535
     * @param path not null
     * @throws IllegalArgumentException if the port is out of range or a part is empty
     */
    public PeerAddress {
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(path, "path");
        if (scheme.isEmpty() || host.isEmpty()) {
            throw new IllegalArgumentException("an address has a scheme and a host");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
        host = canonical(host);
    }

    private static String canonical(String host) {
        if (host.indexOf(':') < 0) {
            return host.toLowerCase(Locale.ROOT);
        }
        int end = host.indexOf('%');
        String zone = end < 0 ? "" : host.substring(end);
        String ip = end < 0 ? host : host.substring(0, end);
        try {
            // In brackets it is read or refused, and no name server is asked.
            String text = InetAddress.getByName('[' + ip + ']').getHostAddress();
            return text.indexOf(':') < 0 ? text : shortened(text) + zone;
        } catch (UnknownHostException e) {
            return ip.toLowerCase(Locale.ROOT) + zone;
        }
    }

    /** Without the longest run of groups that are zero, or the first of several. */
    private static String shortened(String ip) {
        MatchResult longest = null;
        for (MatchResult run : ZEROS.matcher(ip).results().toList()) {
            longest = longest == null || zeros(run) > zeros(longest) ? run : longest;
        }
        return longest == null ? ip : ip.substring(0, longest.start()) + "::" + ip.substring(longest.end());
    }

    private static long zeros(MatchResult run) {
        return run.group().chars().filter(one -> one == '0').count();
    }

    /**
     * A TCP address.
     *
     * @param host name or IP address
     * @param port 0 to 65535
     * @return the address
     */
    public static PeerAddress tcp(String host, int port) {
        return new PeerAddress(TCP, host, port, "");
    }

    /**
     * Reads {@code host:port}, {@code [v6]:port}, {@code scheme://host:port} or {@code scheme://host:port/path}.
     *
     * @param text what an operator wrote
     * @return the address
     * @throws IllegalArgumentException if it is anything else
     */
    public static PeerAddress parse(String text) {
        Objects.requireNonNull(text, "text");
        Matcher form = FORM.matcher(text.trim());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "an address is host:port or scheme://host:port/path, not '" + Credentials.hidden(text) + "'");
        }
        String scheme = form.group("scheme");
        String host = form.group("v6") != null ? form.group("v6") : form.group("host");
        String path = form.group("path");
        return new PeerAddress(scheme == null ? TCP : scheme.toLowerCase(Locale.ROOT), host,
                Integer.parseInt(form.group("port")), path == null ? "" : path);
    }

    /** The host and port, in brackets where the host is an IPv6 address. */
    private String hostAndPort() {
        return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
    }

    /** {@code host:port} for TCP, else {@code scheme://host:port/path}. */
    @Override
    public String toString() {
        return scheme.equals(TCP) && path.isEmpty() ? hostAndPort() : uri();
    }

    /** {@return the address with its scheme, as address records carry it: {@code scheme://host:port/path}} */
    public String uri() {
        return scheme + "://" + hostAndPort() + path;
    }
}
