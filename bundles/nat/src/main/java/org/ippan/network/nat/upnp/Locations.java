// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.upnp;

import java.net.InetAddress;
import java.net.URI;

/** Which URLs of a router are asked: those over HTTP at the very address that answered. Stateless. */
final class Locations {

    private Locations() {
    }

    /** The URL a text is; null if it leads to another host, or is none. */
    static URI at(String text, InetAddress host) {
        try {
            return at(URI.create(text), host);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The URL that a reference stands for in a document; null if it leads to another host, or is none. */
    static URI within(URI document, String reference, InetAddress host) {
        try {
            return at(document.resolve(reference.strip()), host);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The host is compared as text: a name would be looked up, and could be another host a moment later. */
    private static URI at(URI url, InetAddress host) {
        String literal = host.getHostAddress();
        boolean same = "http".equalsIgnoreCase(url.getScheme()) && url.getRawUserInfo() == null && url.getHost() != null
                && (url.getHost().equals(literal) || url.getHost().equals('[' + literal + ']'));
        return same ? url : null;
    }
}
