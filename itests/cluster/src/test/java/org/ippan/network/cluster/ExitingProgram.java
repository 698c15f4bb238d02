// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.nio.file.Path;
import java.time.Duration;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.node.IppanNode;
import org.ippan.network.node.IppanNodeBuilder;
import org.ippan.network.node.NodeException;

/** A program with a node in it that never closes it; its listener ends the JVM. */
final class ExitingProgram {

    static final PeerId BANNED = PeerId.parse("ab".repeat(32));
    static final String EXIT = "exit";
    static final String LAST = "last";
    static final int MESSAGES = 500;
    static final int CODE = 7;

    private static final int BYTES = 512;

    private ExitingProgram() {
    }

    /** Takes a directory, or an empty text for a temporary one, and the address of a peer. */
    public static void main(String[] arguments) {
        IppanNodeBuilder builder = IppanNode.builder().listen(Nodes.LOOPBACK, 0).peer(arguments[1])
                .awaitPeers(1, Duration.ofSeconds(20));
        IppanNode node = (arguments[0].isEmpty() ? builder : builder.data(Path.of(arguments[0]))).start();
        node.subscribe(EXIT, message -> {
            node.service(ReputationAdmin.class).ban(BANNED, Duration.ofHours(1), "a test");
            for (int i = 1; i <= MESSAGES; i++) {
                node.gossip().publish(Message.of(Topic.of(LAST), new byte[BYTES]).withNonce(i));
            }
            System.exit(CODE);
        });
        String key = node.service(Doctor.class).glance().stream().filter(finding -> finding.check().equals("identity"))
                .findFirst().orElseThrow().text();
        System.out.println("DATA " + key.replaceFirst(".* at (.*)/state/transport/identity\\.pem .*", "$1"));
        Runtime.getRuntime().addShutdownHook(new Thread(ExitingProgram::startAnother));
        System.out.println("READY");
    }

    private static void startAnother() {
        try {
            IppanNode.builder().listen(Nodes.LOOPBACK, 0).start();
        } catch (NodeException e) {
            System.err.println(e.getMessage());
        }
    }
}
