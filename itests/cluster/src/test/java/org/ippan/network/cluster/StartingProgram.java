// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.time.Duration;
import org.ippan.network.node.IppanNode;
import org.ippan.network.node.NodeException;

/** A program that starts a node in a temporary directory, and prints what is said when it cannot. */
final class StartingProgram {

    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private StartingProgram() {
    }

    public static void main(String[] arguments) {
        try (IppanNode node = IppanNode.builder().listen(Nodes.LOOPBACK, 0).startTimeout(PATIENCE).start()) {
            System.out.println("listens at " + node.listenAddress());
        } catch (NodeException e) {
            System.out.println(e.getMessage());
        }
    }
}
