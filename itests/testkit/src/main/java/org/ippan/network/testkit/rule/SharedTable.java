// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.rule;

import java.util.function.Supplier;

/**
 * A table that peers fill and others need, and the rule that holds for each of them ({@code docs/security.md}): no peer
 * and no two can fill it, and however many peers opened links and fill it, a peer that this node dialled has room.
 */
public interface SharedTable {

    /**
     * A peer that opened a link takes all it can get, and gives nothing back.
     *
     * @param stranger which one, from 0
     */
    void fill(int stranger);

    /**
     * A peer that opened a link needs one place.
     *
     * @param stranger which one
     * @return whether it got it
     */
    boolean serves(int stranger);

    /**
     * A peer this node dialled needs one place.
     *
     * @return whether it got it
     */
    boolean servesDialled();

    /**
     * Tries the rule.
     *
     * @param fresh makes a table with room
     * @param many so many peers are as many as can be at once
     * @throws AssertionError if a table does not keep the rule
     */
    static void check(Supplier<SharedTable> fresh, int many) {
        for (int strangers : new int[] {1, 2, many}) {
            SharedTable table = fresh.get();
            for (int i = 0; i < strangers; i++) {
                table.fill(i);
            }
            if (strangers < many && !table.serves(strangers)) {
                throw new AssertionError(strangers + " filled it: another has no room");
            }
            if (!table.servesDialled()) {
                throw new AssertionError(strangers + " filled it: a peer that was dialled has no room");
            }
        }
    }
}
