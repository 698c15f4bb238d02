// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.dial;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.peers.book.KnownAddress;
import org.ippan.network.peers.links.Links;

/**
 * Whom to dial of those that are not configured: first where no connection leads yet, by /16 (IPv6 /32), so that no
 * owner of one network can surround this node; among these the better standing, then the lower round trip, then chance,
 * so that not all nodes dial the same. Stateless.
 */
final class OutboundChoice {

    private OutboundChoice() {
    }

    /**
     * Chooses.
     *
     * @param candidates who may be dialled now
     * @param count how many at most
     * @param taken regions where connections lead already
     * @param standing of a peer
     * @param random breaks ties
     * @return the chosen ones, each with its reason set
     */
    static List<KnownAddress> choose(List<KnownAddress> candidates, int count, Set<Object> taken,
            Function<PeerId, Standing> standing, RandomGenerator random) {
        List<KnownAddress> ranked = shuffled(candidates, random);
        ranked.sort(Comparator.comparingInt((KnownAddress known) -> rank(known, standing))
                .thenComparingLong(known -> known.roundTripNanos() == 0 ? Long.MAX_VALUE : known.roundTripNanos()));
        Set<Object> regions = new HashSet<>(taken);
        Set<PeerId> ids = new HashSet<>();
        List<KnownAddress> chosen = new ArrayList<>();
        List<KnownAddress> rest = new ArrayList<>();
        for (KnownAddress known : ranked) {
            boolean news = known.id() == null || !ids.contains(known.id());
            if (chosen.size() < count && news && regions.add(Links.region(known))) {
                ids.add(known.id());
                known.reason("chosen: the first in " + Links.region(known) + rankText(known, standing));
                chosen.add(known);
            } else {
                rest.add(known);
            }
        }
        for (KnownAddress known : rest) {
            if (chosen.size() < count && (known.id() == null || ids.add(known.id()))) {
                known.reason("chosen: no other network is left" + rankText(known, standing));
                chosen.add(known);
            }
        }
        return chosen;
    }

    /** Who may be there unknown comes last: there is nothing to be said for it. */
    private static int rank(KnownAddress known, Function<PeerId, Standing> standing) {
        return known.id() == null ? Standing.values().length : standing.apply(known.id()).ordinal();
    }

    private static String rankText(KnownAddress known, Function<PeerId, Standing> standing) {
        String who = known.id() == null ? "no known peer is there"
                : "standing " + standing.apply(known.id()).name().toLowerCase(Locale.ROOT);
        return ", " + who + ", round trip " + (known.roundTripNanos() == 0 ? "unknown"
                : TimeUnit.NANOSECONDS.toMillis(known.roundTripNanos()) + " ms");
    }

    /** Fisher and Yates; {@link Collections#shuffle} takes no such generator in Java 17. */
    private static List<KnownAddress> shuffled(List<KnownAddress> candidates, RandomGenerator random) {
        List<KnownAddress> list = new ArrayList<>(candidates);
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, random.nextInt(i + 1));
        }
        return list;
    }
}
