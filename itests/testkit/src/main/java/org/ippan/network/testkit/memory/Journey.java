// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.memory;

import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.SettledResult;

/** How far a message has come whose publisher wants to know. */
final class Journey {

    final CompletableFuture<SettledResult> future = new CompletableFuture<>();
    private final PublishResult result;
    private int underWay;
    private int accepted;
    private int leftOut;

    Journey(PublishResult result) {
        this.result = result;
    }

    void sent() {
        underWay++;
    }

    void arrived(boolean taken) {
        accepted += taken ? 1 : 0;
        leftOut += taken ? 0 : 1;
        passed();
    }

    /** A copy ends where the message was known already. */
    void passed() {
        underWay--;
        if (underWay == 0) {
            future.complete(new SettledResult(result, accepted, leftOut));
        }
    }

    /** The time-out: what is under way counts as left out. */
    void end() {
        future.complete(new SettledResult(result, accepted, leftOut + underWay));
    }
}
