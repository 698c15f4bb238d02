// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.ippan.network.node.IppanNode;
import org.junit.jupiter.api.Test;

/**
 * What strangers that hold publishers up cost one at full speed: it has no time to make up for anything. The processors
 * have to be free for it. {@code docs/testing.md} has the command, and what came of it.
 */
class FullSpeedAttackAcceptance extends AttackGround {

    static final List<Attack> HOLDING = List.of(Attack.NEVER_READ, Attack.TWENTY_NEVER_READ, Attack.READ_SLOWLY,
            Attack.PRUNE_AND_GRAFT, Attack.CLAIM_NEIGHBOURS);

    /** The publisher is waited for by members, as it dialled them, and the strangers are at it alone. */
    @Test
    void shouldHoldUpAPublisherAtFullSpeedLittle() throws Exception {
        mesh();
        IppanNode publisher = honest.get(HONEST);
        try (Load load = new Load(publisher, honest.subList(0, HONEST), BYTES, 0);
                Announcer announcer = new Announcer(publisher)) {
            warm(load, 10);
            for (Attack attack : chosen(HOLDING)) {
                attack(attack, load, announcer, List.of(Nodes.address(publisher)), 3, ATTACK_SECONDS);
            }
            load.settle();
        }

        assertEquals(List.of(), wrong);
    }
}
