// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.search;

import java.util.ArrayList;
import java.util.List;

/** Puts lists together so that a long one, however long, leaves the others their room where not all is taken. */
public final class InTurns {

    private InTurns() {
    }

    /** The first of each list, then the second of each, and so on. */
    public static <T> List<T> of(List<List<T>> lists) {
        List<T> all = new ArrayList<>();
        int longest = lists.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < longest; i++) {
            for (List<T> list : lists) {
                if (i < list.size()) {
                    all.add(list.get(i));
                }
            }
        }
        return all;
    }
}
