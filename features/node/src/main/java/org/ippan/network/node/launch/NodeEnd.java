// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Uninterrupted;

/**
 * The end of a node. It stops on a thread of its own, whatever thread asks for it: one that is interrupted, or one of
 * the node itself that is inside a callback, could not do it in good order. Its directory is let go last of all.
 */
final class NodeEnd {

    /** All bundles together may wait for links, writes and callbacks for about ten seconds. */
    private static final long PATIENCE_MILLIS = 15_000;

    private final NodeFramework framework;
    private final DataDirectory directory;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<LaunchException> failure = new AtomicReference<>();

    private NodeEnd(NodeFramework framework, DataDirectory directory) {
        this.framework = framework;
        this.directory = directory;
    }

    /**
     * Stops a node and lets go of its directory.
     *
     * @throws LaunchException if that fails or takes too long; its directory then stays locked until it has stopped
     */
    static void of(NodeFramework framework, DataDirectory directory) {
        NodeEnd end = new NodeEnd(framework, directory);
        Thread thread = new Thread(end::run, "ippan-node-close");
        thread.setDaemon(true);
        thread.start();
        end.await();
    }

    private void run() {
        try (directory) {
            framework.stop();
        } catch (LaunchException e) {
            failure.set(e);
        } finally {
            ended.countDown();
        }
    }

    private void await() {
        if (!Uninterrupted.await(Ticker.system(), PATIENCE_MILLIS,
                nanos -> ended.await(nanos, TimeUnit.NANOSECONDS))) {
            throw new LaunchException("the node did not stop within " + PATIENCE_MILLIS / 1_000 + " s: a bundle or a"
                    + " callback of the application hangs, a thread dump (jstack) shows where; its directory stays"
                    + " locked until it has stopped");
        }
        LaunchException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }
}
