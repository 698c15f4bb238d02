// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.mdns;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.discovery.search.Network;
import org.ippan.network.discovery.search.RefusalCounts;

/** What hosts of the local network and name servers say, for bytes that may be none. */
public final class SomeNames {

    private SomeNames() {
    }

    /** Takes it as a packet of the local network. */
    public static void read(byte[] bytes) {
        MdnsCache cache = new MdnsCache(Ticker.system(), new Network(Optional::empty), new RefusalCounts());
        new MdnsSource(cache, Optional::empty, Optional::empty, Ticker.system(), null).received(bytes);
        cache.candidates();
    }

    /** What a node says. */
    public static byte[] announcement() {
        return MdnsMessages.announcement(new MdnsMessages.Self(PeerId.parse("00".repeat(32)), 1, new byte[16],
                ip -> true), List.of(InetAddress.getLoopbackAddress()), false).orElseThrow();
    }
}
