// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.repair;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.TableShare;

/**
 * The links that announced something, and which share of the table of wanted ids each may have. Where the table is
 * full, the oldest promise of the link that made most gives way to one that made fewer; what links that peers opened
 * announce never displaces what others did. Confined to the relay's thread.
 */
final class AskedLinks {

    private final Map<GossipLink, AskedLink> links = new LinkedHashMap<>();
    private final TableShare shares;

    /** None has announced anything, in a table of so many ids. */
    AskedLinks(int mostWants) {
        this.shares = new TableShare(mostWants);
    }

    /** A link that announces something. */
    AskedLink of(GossipLink link, long now) {
        return links.computeIfAbsent(link, any -> new AskedLink(any, now));
    }

    /** A link if it announced anything, or null. */
    AskedLink get(GossipLink link) {
        return links.get(link);
    }

    AskedLink remove(GossipLink link) {
        return links.remove(link);
    }

    Collection<AskedLink> all() {
        return links.values();
    }

    /** Whether a table with so many ids has room for one more of a link. */
    boolean mayPromise(AskedLink link, int size) {
        return shares.admits(link.link.dialled(), link.promised.size(), size);
    }

    /** What gives way to one more id of a link in a table with so many, or null. */
    Want toGiveWay(AskedLink link, int size) {
        boolean dialled = link.link.dialled();
        if (!shares.isFull(dialled, size) || !shares.hasShare(dialled, link.promised.size(), size)) {
            return null;
        }
        AskedLink fullest = link;
        for (AskedLink each : links.values()) {
            if ((dialled || !each.link.dialled()) && each.promised.size() > fullest.promised.size()) {
                fullest = each;
            }
        }
        return fullest.promised.size() > link.promised.size() + 1 ? fullest.promised.iterator().next() : null;
    }

    /** Whether ids wait for room to be asked for. */
    boolean starve() {
        for (AskedLink link : links.values()) {
            if (!link.starved.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    int requested() {
        return links.values().stream().mapToInt(link -> link.requested).sum();
    }

    int mostOfOnePeer() {
        return links.values().stream().mapToInt(link -> link.promised.size()).max().orElse(0);
    }

    long mostBytesOfOnePeer() {
        return links.values().stream().mapToLong(link -> link.requestedBytes).max().orElse(0);
    }
}
