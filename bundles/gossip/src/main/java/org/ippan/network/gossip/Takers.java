// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.receive.Intake;
import org.ippan.network.gossip.relay.Announcer;
import org.ippan.network.gossip.relay.Neighbours;
import org.ippan.network.gossip.relay.Serving;
import org.ippan.network.gossip.relay.Tree;
import org.ippan.network.gossip.repair.Wanted;
import org.ippan.network.gossip.settle.Settlements;

/**
 * Who is told of which frames, and of links that come and go.
 *
 * @param context what all of them share
 * @param intake takes messages
 * @param announcer has peers told of what was lost on the way to them
 * @param wanted takes what is announced or missing
 * @param serving takes what peers ask for
 * @param tree takes what they say of bodies on their link
 * @param neighbours takes what they say of their neighbours
 * @param settlements takes what they ask and tell of messages that are to be settled
 * @param ends is told of each link, and when it ends
 */
record Takers(GossipContext context, Intake intake, Announcer announcer, Wanted wanted, Serving serving, Tree tree,
        Neighbours neighbours, Settlements settlements, LinkEnds ends) {
}
