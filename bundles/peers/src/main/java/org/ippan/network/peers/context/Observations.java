// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.context;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.address.Prefix;
import org.ippan.network.peers.address.ToldAddress;

/**
 * Where peers see this node. A peer may say what it likes, and one owner may have many: an address is believed when
 * three peers that this node dialled, in different networks (IPv4 /16, IPv6 /32), said the same within an hour. A node
 * may have an address of each family, and neither is a word against the other. Confined to the deciding thread but for
 * the answer.
 */
public final class Observations {

    static final int ENOUGH = 3;
    private static final long WINDOW_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int MAX_NETS = 256;

    private final Ticker ticker;
    /** The last word from each network, the oldest first. */
    private final Map<Prefix, Word> words = new LinkedHashMap<>();
    private volatile List<Believed> believed = List.of();

    private record Word(InetAddress address, long at) {
    }

    /** True until the oldest of the words that make it true is too old. */
    private record Believed(InetAddress address, long until) {
    }

    public Observations(Ticker ticker) {
        this.ticker = ticker;
    }

    /** A peer at an address that this node dialled said where it sees this node. */
    public void said(InetAddress peer, InetAddress seen) {
        if (ToldAddress.isPrivate(peer)) {
            // It sees what this node is called on its side of a router.
            return;
        }
        Prefix net = Prefix.region(peer);
        words.remove(net);
        words.put(net, new Word(seen, ticker.nanos()));
        if (words.size() > MAX_NETS) {
            words.remove(words.keySet().iterator().next());
        }
        judge();
    }

    private void judge() {
        long now = ticker.nanos();
        words.values().removeIf(word -> now - word.at >= WINDOW_NANOS);
        Map<InetAddress, Integer> votes = new HashMap<>();
        words.values().forEach(word -> votes.merge(word.address, 1, Integer::sum));
        believed = Stream.of(Inet4Address.class, Inet6Address.class).flatMap(family -> votes.entrySet().stream()
                .filter(vote -> family.isInstance(vote.getKey()) && vote.getValue() >= ENOUGH)
                .max(Map.Entry.comparingByValue()).stream())
                .map(vote -> new Believed(vote.getKey(), until(vote.getKey()))).toList();
    }

    /** When the third youngest of the words for an address is too old. */
    private long until(InetAddress address) {
        return words.values().stream().filter(word -> word.address.equals(address)).mapToLong(Word::at)
                .boxed().sorted((one, other) -> Long.compare(other - one, 0)).skip(ENOUGH - 1L).findFirst()
                .orElseThrow() + WINDOW_NANOS;
    }

    /** Any thread: where this node is seen, as far as enough peers agree; at most one address of each family. */
    public List<InetAddress> addresses() {
        long now = ticker.nanos();
        return believed.stream().filter(each -> now - each.until < 0).map(Believed::address).toList();
    }
}
