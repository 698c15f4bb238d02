// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.Probe;
import org.junit.jupiter.api.BeforeEach;

/** A node with more links than bodies are flooded over. */
abstract class TreeFixture extends LinksFixture {

    /** By chance, so much more than usual is suffered the next time. */
    private static final IdKey HALF_MORE = id(0x8000);
    static final int PRUNE_AFTER = 10;
    /** How long duplicates come where no probe does, in milliseconds: the first time, then by chance. */
    static final int AT_ONCE = 5000;
    static final int BY_CHANCE = 7500;
    private static final int STEP = 500;

    final Tree tree = new Tree(context, sources, announcer, new Serving(sources.index(), 1000));
    final List<TreeLink> links = new ArrayList<>();
    TreeLink in;
    /** Of each series the number is lower than of those before. */
    private long series = Long.MAX_VALUE;
    GossipLink link;

    @BeforeEach
    void connectMoreThanAreFlooded() {
        for (int i = 0; i < 5; i++) {
            links.add(tree.up(link()));
        }
        in = links.get(0);
        link = in.outbound.link();
    }

    void duplicates(int count) {
        for (int i = 0; i < count; i++) {
            tree.duplicate(in, HALF_MORE);
        }
    }

    int told(Outbound outbound, String type) {
        return Collections.frequency(end(outbound).told, "offer " + type);
    }

    int prunes() {
        return told(in.outbound, "PRUNE");
    }

    boolean graft() {
        return tree.graft(link, id(1), time.nanos());
    }

    /** One after another comes, for so long, and as many at the end. */
    void duplicates(int count, int lastingMillis) {
        for (int passed = 0; passed < lastingMillis; passed += STEP) {
            duplicates(1);
            advance(Math.min(STEP, lastingMillis - passed));
        }
        duplicates(count);
    }

    /** A probe comes by the last link and then by this one. */
    void probe(int round) {
        Probe probe = new Probe(series, round);
        tree.probed(links.get(4), probe);
        tree.probed(in, probe);
    }

    /** In two rounds it does so. */
    void cycle() {
        series--;
        probe(1);
        advance(1000);
        probe(2);
    }

    void prune() {
        duplicates(1);
        cycle();
        assertFalse(link.isEager() || link.isFeeding());
    }
}
