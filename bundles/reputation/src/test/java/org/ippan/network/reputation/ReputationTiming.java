// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.util.Arrays;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerStandingHandle;
import org.ippan.network.testkit.Peers;

/**
 * Prints what records and checks cost, median of several rounds after warming up. Run it by hand:
 * {@code java -cp <test class path> org.ippan.network.reputation.ReputationTiming}.
 */
public final class ReputationTiming {

    private static final int PEERS = 10_000;
    private static final int CONNECTED = 100;
    private static final int CALLS = 10_000_000;
    private static final int ROUNDS = 9;

    private final Reputation reputation = Bench.inRealTime().reputation;
    private final PeerId[] ids = new PeerId[PEERS];
    private final PeerStandingHandle[] handles = new PeerStandingHandle[PEERS];
    private int sink;

    private ReputationTiming() {
        for (int i = 0; i < PEERS; i++) {
            ids[i] = Peers.peer(i);
            handles[i] = reputation.handle(ids[i]);
        }
    }

    /** One way to ask for something, so many times, over so many peers in turn. */
    @FunctionalInterface
    private interface Loop {
        void run(int calls, int peers);
    }

    /**
     * Prints the figures.
     *
     * @param args none
     */
    public static void main(String[] args) {
        ReputationTiming timing = new ReputationTiming();
        for (int peers : new int[] {1, CONNECTED, PEERS}) {
            timing.print("recordSuccess by handle", peers, timing::byHandle);
            timing.print("recordSuccess by id", peers, timing::byId);
            timing.print("shouldBan by id", peers, timing::shouldBan);
            timing.print("standing by handle", peers, timing::standing);
        }
        timing.print("recordFailure by handle", CONNECTED, timing::failures);
        System.out.println("(" + timing.sink + ")");
    }

    private void print(String what, int peers, Loop loop) {
        double[] nanos = new double[ROUNDS];
        for (int round = -2; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            loop.run(CALLS, peers);
            if (round >= 0) {
                nanos[round] = (double) (System.nanoTime() - begin) / CALLS;
            }
        }
        Arrays.sort(nanos);
        System.out.printf("%-26s %6d peers  %6.1f ns (best %.1f)%n", what, peers, nanos[ROUNDS / 2], nanos[0]);
    }

    private void byHandle(int calls, int peers) {
        for (int i = 0, peer = 0; i < calls; i++) {
            handles[peer].recordSuccess(Cause.MESSAGE_ACCEPTED);
            peer = peer + 1 == peers ? 0 : peer + 1;
        }
    }

    private void byId(int calls, int peers) {
        for (int i = 0, peer = 0; i < calls; i++) {
            reputation.recordSuccess(ids[peer], Cause.MESSAGE_ACCEPTED);
            peer = peer + 1 == peers ? 0 : peer + 1;
        }
    }

    private void shouldBan(int calls, int peers) {
        for (int i = 0, peer = 0; i < calls; i++) {
            sink += reputation.shouldBan(ids[peer]) ? 1 : 0;
            peer = peer + 1 == peers ? 0 : peer + 1;
        }
    }

    private void standing(int calls, int peers) {
        for (int i = 0, peer = 0; i < calls; i++) {
            sink += handles[peer].standing().ordinal();
            peer = peer + 1 == peers ? 0 : peer + 1;
        }
    }

    private void failures(int calls, int peers) {
        for (int i = 0, peer = 0; i < calls; i++) {
            handles[peer].recordFailure(Cause.PING_MISSED);
            peer = peer + 1 == peers ? 0 : peer + 1;
        }
    }
}
