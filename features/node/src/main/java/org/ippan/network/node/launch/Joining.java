// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerDirectory;

/** Waiting, on the caller's thread, until a node has links that messages can be published over. */
public final class Joining {

    private static final long POLL_MILLIS = 20;

    private Joining() {
    }

    /**
     * Waits for links.
     *
     * @throws LaunchException if there are fewer when the time is over
     */
    public static void await(LaunchedNode node, int count, Duration timeout) {
        long deadline = System.nanoTime() + nanos(timeout);
        int links = links(node);
        while (links < count) {
            if (System.nanoTime() - deadline >= 0) {
                throw new LaunchException("only " + links + " of " + count + " peers connected within "
                        + timeout.toMillis() + " ms: " + absent(node));
            }
            LaunchedNode.pause(POLL_MILLIS, "waiting for peers");
            links = links(node);
        }
    }

    /** Waits until the page is bound, which happens in the background; one that is refused is not waited for. */
    public static void awaitPage(LaunchedNode node, Duration timeout) {
        long deadline = System.nanoTime() + nanos(timeout);
        while (isPageDue(node) && System.nanoTime() - deadline < 0) {
            LaunchedNode.pause(POLL_MILLIS, "starting");
        }
    }

    /** Whether the page is neither bound nor refused yet. */
    public static boolean isPageDue(LaunchedNode node) {
        return node.page().map(page -> page.boundAddress() + page.listenError()).orElse("").isEmpty();
    }

    /** A time-out that is longer than a clock counts is one for ever. */
    static long nanos(Duration timeout) {
        return TimeUnit.NANOSECONDS.convert(timeout);
    }

    private static int links(LaunchedNode node) {
        return node.service(Gossip.class).snapshot().links();
    }

    private static String absent(LaunchedNode node) {
        String absent = node.service(PeerDirectory.class).peers().stream()
                .filter(peer -> !peer.connected()).map(Joining::why).collect(Collectors.joining("; "));
        return absent.isEmpty() ? "no other peer is configured or known" : absent;
    }

    private static String why(Peer peer) {
        return peer.name() + ": " + (peer.lastError().isEmpty() ? "not reached yet" : peer.lastError());
    }
}
