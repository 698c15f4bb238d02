// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.wire.IdKey;
import org.junit.jupiter.api.BeforeEach;

/** A node with more links than bodies are flooded over. */
abstract class TreeFixture extends LinksFixture {

    /** By chance, so much more than usual is suffered the next time. */
    private static final IdKey HALF_MORE = id(0x8000);
    static final int PRUNE_AFTER = 10;
    /** How long a link has to bring duplicates, in milliseconds: the first time, and then by chance. */
    static final int AT_ONCE = 100;
    static final int BY_CHANCE = 250;

    final Tree tree = new Tree(context, sources, announcer, new Serving(sources.index(), 1000));
    final List<TreeLink> links = new ArrayList<>();
    TreeLink in;
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
        duplicates(in, count);
    }

    /** The messages came by the last link before. */
    void duplicates(TreeLink of, int count) {
        TreeLink last = links.get(4);
        if (last.outbound.link().isFeeding()) {
            tree.news(last, false, false);
        }
        copies(of, count);
    }

    /** Duplicates, whatever link brought the messages. */
    void copies(TreeLink of, int count) {
        for (int i = 0; i < count; i++) {
            tree.duplicate(of, HALF_MORE);
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

    /** The last comes so long after the first. */
    void duplicates(int count, int lastingMillis) {
        duplicates(1);
        advance(lastingMillis);
        duplicates(count - 1);
    }

    void prune() {
        duplicates(PRUNE_AFTER, AT_ONCE);
        assertFalse(link.isEager() || link.isFeeding());
    }
}
