// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Who is linked to whom. Of two linked nodes the later one dials, so that the address it needs is known. */
public enum Topology {
    /** Any two nodes. */
    MESH,
    /** Each with the next. */
    CHAIN,
    /** Each with the next, and the last with the first. */
    RING,
    /** Each with four others drawn at random, the same in every run: eight links on average. */
    RANDOM;

    private static final int DRAWN_BY_EACH = 4;
    private static final long SEED = 1;

    /**
     * Fewest nodes with which the topology is what it is called.
     *
     * @return at least 2
     */
    public int fewestNodes() {
        return switch (this) {
            case MESH, CHAIN -> 2;
            case RING -> 3;
            case RANDOM -> 2 * DRAWN_BY_EACH + 2;
        };
    }

    /**
     * Whom a node dials.
     *
     * @param index the node
     * @param nodes how many there are
     * @return indices below its own
     */
    public List<Integer> dialled(int index, int nodes) {
        return switch (this) {
            case MESH -> IntStream.range(0, index).boxed().toList();
            case CHAIN -> index == 0 ? List.of() : List.of(index - 1);
            case RING -> index == nodes - 1 ? List.of(0, index - 1) : CHAIN.dialled(index, nodes);
            case RANDOM -> random(nodes).get(index);
        };
    }

    /**
     * How many links a node has when all are up.
     *
     * @param index the node
     * @param nodes how many there are
     * @return dialled by it and by others
     */
    public int links(int index, int nodes) {
        return dialled(index, nodes).size() + (int) IntStream.range(index + 1, nodes)
                .filter(other -> dialled(other, nodes).contains(index)).count();
    }

    private static List<List<Integer>> random(int nodes) {
        Random random = new Random(SEED);
        List<TreeSet<Integer>> dialled = new ArrayList<>();
        IntStream.range(0, nodes).forEach(i -> dialled.add(new TreeSet<>()));
        for (int i = 0; i < nodes; i++) {
            int drawn = 0;
            while (drawn < DRAWN_BY_EACH) {
                int other = random.nextInt(nodes);
                if (other != i && dialled.get(Math.max(i, other)).add(Math.min(i, other))) {
                    drawn++;
                }
            }
        }
        return dialled.stream().<List<Integer>>map(List::copyOf).toList();
    }
}
