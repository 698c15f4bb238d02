// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.node.IppanNode;
import org.ippan.network.node.NodeException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.cm.ConfigurationListener;

/** An application works on the framework of its node while that changes or ends. */
@Tag(Nodes.WAITING)
class RoughEndIT {

    private static final String PEERS = "org.ippan.network.peers";
    private static final String GOSSIP = "org.ippan.network.gossip";
    /** More than are made while a folder is tidied up. */
    private static final int FILES = 1_000;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    /** All of it has stopped, and another node can use the directory at once. */
    private void endsInGoodOrder(IppanNode node) {
        Bundle framework = node.bundleContext().getBundle(0);

        node.close();

        assertEquals(Bundle.RESOLVED, framework.getState());
        nodes.embed("node");
    }

    @Test
    void shouldEndThoughABundleListenerLeavesTheThreadInterrupted() {
        IppanNode node = nodes.embed("node");
        node.bundleContext().addBundleListener((SynchronousBundleListener) event -> {
            // The last that the node stops by itself: the framework stops the others.
            if (event.getType() == BundleEvent.STOPPING && event.getBundle().getSymbolicName().equals(PEERS)) {
                Thread.currentThread().interrupt();
            }
        });

        endsInGoodOrder(node);
    }

    @Test
    void shouldEndThoughTheApplicationTookABundleAway() throws BundleException {
        IppanNode node = nodes.embed("node");
        Stream.of(node.bundleContext().getBundles()).filter(bundle -> bundle.getSymbolicName().equals(GOSSIP))
                .findFirst().orElseThrow().uninstall();

        endsInGoodOrder(node);
    }

    @Test
    void shouldSayThatAChangeIsNotInForceWhileAListenerOfConfigurationsHangs() throws Exception {
        IppanNode node = nodes.embed("node");
        CountDownLatch over = new CountDownLatch(1);
        node.register(ConfigurationListener.class, event -> awaitEnd(over), Map.of());

        // Which listener hears of the first change before the other is not known; the second comes to none.
        NodeException refused = assertThrows(NodeException.class, () -> {
            node.set(GOSSIP, "minPeers", "2");
            node.set(GOSSIP, "minPeers", "3");
        });

        assertEquals(GOSSIP + ": minPeers is stored, but not in force after 2000 ms: the configuration service waits,"
                + " perhaps for a listener of the application that hangs; see a thread dump (jstack)",
                refused.getMessage());
        over.countDown();
    }

    private static void awaitEnd(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldSayThatItsTemporaryDirectoryIsLeft() throws Exception {
        IppanNode node = IppanNode.builder().listen(Nodes.LOOPBACK, 0).start();
        String key = node.service(Doctor.class).glance().stream().filter(finding -> finding.check().equals("identity"))
                .findFirst().orElseThrow().text();
        Path data = Path.of(key.replaceFirst(".* at (.*)/state/transport/identity\\.pem .*", "$1"));
        Path used = Files.createDirectory(data.resolve("state").resolve("application"));
        for (int i = 0; i < FILES; i++) {
            Files.createFile(used.resolve("old" + i));
        }
        Thread writer = new Thread(() -> write(used), "writer");
        writer.start();

        NodeException left = assertThrows(NodeException.class, node::close);

        writer.interrupt();
        writer.join();
        assertTrue(left.getMessage().startsWith("cannot tidy up " + data + ": " + data), left.getMessage());
    }

    /** Until it is interrupted, or the folder is gone. */
    private static void write(Path folder) {
        try {
            for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                Files.createFile(folder.resolve("new" + i));
            }
        } catch (IOException e) {
            Thread.currentThread().interrupt();
        }
    }
}
