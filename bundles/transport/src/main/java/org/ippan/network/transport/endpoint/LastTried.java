// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.endpoint;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which address of a name was tried last, and whether a peer was met there. One that opened and led to no peer, because
 * it is this node's own or another peer than the expected one, must not be all that a name leads to: the next dial
 * begins with the address after it. Bounded: the name that was dialled least recently gives way. Safe for any thread.
 */
final class LastTried {

    private static final int MAX_NAMES = 1024;

    private final Map<String, Last> byName = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Last> eldest) {
            return size() > MAX_NAMES;
        }
    };

    private record Last(InetAddress ip, boolean met) {
    }

    /** The addresses of a name, the most promising first. */
    synchronized List<InetAddress> order(String host, List<InetAddress> ips) {
        Last last = byName.get(host);
        List<InetAddress> ordered = new ArrayList<>(ips);
        int at = last == null ? -1 : ips.indexOf(last.ip);
        if (at >= 0) {
            Collections.rotate(ordered, -(last.met ? at : at + 1));
        }
        return ordered;
    }

    synchronized void tried(String host, InetAddress ip) {
        byName.put(host, new Last(ip, false));
    }

    synchronized void established(String host, InetAddress ip) {
        byName.put(host, new Last(ip, true));
    }
}
