// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Every finding of the doctor about a node and its process, provoked by what causes it, and gone with it. What holds
 * back traffic is in {@link LimitsIT}, what is found about peers in {@link ExplainIT}. Not provoked are a file system
 * that does not tell who may read a file, which a test cannot make, and a service that goes in the middle of a check.
 */
@Tag(Nodes.WAITING)
class DoctorIT {

    private static final String PREFIX = "org.ippan.network.";
    private static final String TRANSPORT = PREFIX + "transport";
    private static final String NO_JMX = "WARN remote-jmx: No remote JMX connector: only users of this process can"
            + " manage the node. In Karaf install the feature management; start ippan-node.jar with --jmx.";
    private static final String ABSENT = " Start their bundles again, or look into the log for why they stopped.";
    private static final String CORRECT = " Correct what is named there; if it is the address, free it or set another"
            + " listenAddress of org.ippan.network.transport.";
    private static final int DESCRIPTORS = 160;
    /** Sockets that a node of so few descriptors has room for once, and not twice. */
    private static final int MANY = 112;
    /** Late is what comes a second after its time. */
    private static final long SUSPENDED_MILLIS = 2000;

    private static final String ACCEPT = "acceptPerSecond";
    /** A test asks the doctor all the time, and it tries each time whether the node can be reached. */
    private static final String MANY_A_SECOND = "4000";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private String paris;
    private IppanNode node;
    private Diagnosis doctor;

    /** A node and its only peer. */
    private void startPair() {
        paris = Nodes.address(nodes.embed("paris"));
        node = nodes.embed("node", builder -> builder.set(TRANSPORT, ACCEPT, MANY_A_SECOND), paris);
        Nodes.awaitPeers(node, 1);
        doctor = Diagnosis.of(node);
    }

    private void findsNothingWrong() {
        doctor.findsOnly(NO_JMX,
                "OK applications: Nothing went wrong in the code of applications in the last 10 min.",
                "OK backlog: Nothing piles up.", "OK configuration: No configuration was refused.",
                "OK dedup-capacity: 0 new messages/s in the last # s need a capacity of # for 300 s; it is 1000000.",
                "OK dedup-window: Ids are remembered for 300 s, messages travel for 240 s.",
                "OK encryption: Connections are encrypted, and peers prove who they are.",
                "OK file-descriptors: # of # file descriptors are open.", "OK health: No peer is unhealthy.",
                "OK identity: The key at " + identity() + " is readable by its owner only.", listening(),
                "OK memory: The heap may take # MiB, and of it the logs # MiB, messages that wait # MiB, message ids #"
                        + " MiB, ids for fingerprints # MiB.",
                "OK network: No node of 2 is gone. share is auto, and no link goes beyond this machine.",
                "OK peers: 1 peer connected.", "OK seeds: 1 configured peer, all connected.",
                "OK services: All services are there.", "OK timers: Timers run in time.");
    }

    private Path identity() {
        return nodes.path("node").resolve("state").resolve("transport").resolve("identity.pem");
    }

    private static String listening() {
        return "OK listener: The node listens on 127.0.0.1:# and is reached there from itself.";
    }

    /** Writes what the node's own methods would refuse; no value takes the key away. */
    private void configure(String pid, String key, String value) throws IOException {
        Configuration configuration = node.service(ConfigurationAdmin.class).getConfiguration(pid, "?");
        Map<String, Object> values = new Hashtable<>(Map.of(key, value));
        if (configuration.getProperties() != null) {
            configuration.getProperties().keys().asIterator()
                    .forEachRemaining(known -> values.putIfAbsent(known, configuration.getProperties().get(known)));
        }
        values.remove(value.isEmpty() ? key : "");
        configuration.update(new Hashtable<>(values));
    }

    private <T> Bundle bundle(Class<T> service) {
        return node.bundleContext().getServiceReference(service).getBundle();
    }

    @Test
    void shouldFindWhatIsWrongWithServicesAndConfigurations() throws Exception {
        startPair();
        findsNothingWrong();

        Bundle metrics = bundle(NetworkMetrics.class);
        Bundle health = bundle(HealthMonitor.class);
        metrics.stop();
        health.stop();
        doctor.finds("WARN services: Absent: health, metrics; messages travel all the same." + ABSENT);
        doctor.explains(paris, "Its health is not known: the service health is absent.");
        metrics.start();
        health.start();
        Bundle dedup = bundle(MessageDeduplicator.class);
        Bundle reputation = bundle(ReputationAdmin.class);
        dedup.stop();
        reputation.stop();
        doctor.finds("FAIL services: Absent: dedup, reputation." + ABSENT);
        doctor.explains(paris, "Its score is not known: the service reputation is absent.");
        dedup.start();
        reputation.start();
        Bundle peers = bundle(PeerDirectory.class);
        peers.stop();
        doctor.finds("FAIL services: Absent: peers, gossip." + ABSENT, "FAIL listener: The node does not listen: the"
                + " service peers is absent. Correct what is named there; no peer can connect to the node until then.");
        peers.start();
        doctor.finds("OK services: All services are there.", listening());

        configure(PREFIX + "dedup", "capacity", "abc");
        configure(PREFIX + "peers", "mode", "alowlist");
        doctor.finds("WARN configuration: org.ippan.network.dedup: capacity = abc: must be a whole number from 0 to"
                + " 100000000. Correct it; the last good settings are in force.", "FAIL configuration:"
                + " org.ippan.network.peers: mode = alowlist: must be one of open, allowlist. Correct it: the bundle"
                + " does not serve until then.", "FAIL listener: The node does not listen: org.ippan.network.peers:"
                + " mode = alowlist: must be one of open, allowlist. Correct what is named there;"
                + " no peer can connect to"
                + " the node until then.");
        configure(PREFIX + "dedup", "capacity", "");
        configure(PREFIX + "peers", "mode", "");
        configure(PREFIX + "gossip", "signatures", "requre");
        doctor.finds("FAIL listener: The node listens on 127.0.0.1:# but takes no messages: org.ippan.network.gossip:"
                + " signatures = requre: must be one of off, sign, require. Correct what is named there; no message"
                + " travels through the node until then.");
        configure(PREFIX + "gossip", "signatures", "");
        node.set(PREFIX + "gossip", "maxAgeSeconds", "280");
        doctor.finds("OK configuration: No configuration was refused.", "WARN dedup-window: Ids are remembered for 300"
                + " s, but messages travel for up to 280 s: late ones are delivered twice. Set windowSeconds of"
                + " org.ippan.network.dedup to 340 or more, or a lower maxAgeSeconds of org.ippan.network.gossip.");
        node.set(PREFIX + "gossip", "maxAgeSeconds", "240");
        try (Connector connector = new Connector()) {
            doctor.finds("OK remote-jmx: The node can be managed over remote JMX.");
            connector.connect().close();
        }
        findsNothingWrong();
    }

    @Test
    void shouldFindWhatIsWrongWithListenerKeyAndState() throws Exception {
        startPair();
        Path scores = nodes.path("node").resolve("state").resolve("reputation").resolve("scores");
        Files.deleteIfExists(scores);
        Path inTheWay = Files.createDirectories(scores.resolve("in-the-way"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        PeerId somebody = PeerId.parse("ab".repeat(32));
        node.service(ReputationAdmin.class).ban(somebody, Duration.ZERO, "a test");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(Nodes.LOOPBACK))) {
            node.set(TRANSPORT, "listenAddress", "127.0.0.1:" + taken.getLocalPort());
            doctor.finds("FAIL listener: The node does not listen: cannot listen on 127.0.0.1:" + taken.getLocalPort()
                    + ": Address already in use." + CORRECT);
        }
        doctor.finds(listening());
        configure(TRANSPORT, "tls", "maybe");
        doctor.finds("FAIL listener: The node does not listen: org.ippan.network.transport: tls = maybe: must be true"
                + " or false." + CORRECT);
        configure(TRANSPORT, "tls", "false");
        doctor.finds("WARN encryption: Connections are in plaintext: everybody on the way reads and changes them, and"
                + " ids are only claimed. Set tls=true in org.ippan.network.transport on all nodes.");
        configure(TRANSPORT, "tls", "");

        Files.setPosixFilePermissions(identity(), PosixFilePermissions.fromString("rw-r--r--"));
        doctor.finds("FAIL identity: The key at " + identity() + " is open to more than its owner: group read, others"
                + " read. Run chmod 600 on it; a user who copied it can be this node.");
        Path copy = Files.move(identity(), nodes.path("identity.copy"));
        doctor.finds("WARN identity: There is no key at " + identity() + ". Restore it from a copy, or, if it could"
                + " never be written, make room or the folder writable: without it the node becomes another one at its"
                + " next start.");
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(identity(), copy);
        doctor.finds("WARN identity: Who may read the key at " + identity() + " cannot be found out: " + identity()
                + ": it is a symbolic link, which is not followed here; give the path it leads to. See to it that only"
                + " the user of the node may.");
        Files.delete(identity());
        Files.copy(nodes.path("paris").resolve("state").resolve("transport").resolve("identity.pem"), identity(),
                StandardCopyOption.COPY_ATTRIBUTES);
        doctor.finds("WARN identity: The key at " + identity() + " is not that of this node: another node uses the same"
                + " folder, or the file was replaced. Give each node a folder of its own; restarted, this node uses the"
                + " key that is there.");
        Files.writeString(identity(), "no key");
        Bundle transport = bundle(Transport.class);
        transport.stop();
        transport.start();
        doctor.finds("FAIL listener: The node does not listen: the identity in " + identity() + " cannot be read (…);"
                + " put back a good copy, or move the file away to become a new node, and restart." + CORRECT);
        Files.delete(identity());
        Files.move(copy, identity());
        Files.setPosixFilePermissions(identity(), PosixFilePermissions.fromString("rw-------"));
        transport.stop();
        transport.start();

        doctor.finds("WARN scores: Scores and bans cannot be saved: …" + scores + ": Is a directory. Make room, or the"
                + " folder writable; until then a restart forgets them.");
        Files.delete(inTheWay);
        Files.delete(scores);
        node.service(PeerAdmin.class).connect(PeerAddress.parse(paris));
        findsNothingWrong();
    }

    @Test
    void shouldFindWhatIsWrongWithTheProcessAndItsPeer() throws Exception {
        NodeProcess peer = nodes.run("peer", Nodes.ANY_PORT);
        NodeProcess process = nodes.limited(DESCRIPTORS, "process", "--peers", peer.listen(), "--jmx", "0",
                "--set", TRANSPORT + ":maxPendingPerAddress=1000", "--set", TRANSPORT + ":handshakeTimeoutSeconds=120",
                "--set", TRANSPORT + ":" + ACCEPT + "=" + MANY_A_SECOND,
                "--set", PREFIX + "health:checkIntervalSeconds=1", "--set", PREFIX + "health:checkTimeoutSeconds=1")
                .awaitReady();
        String[] well = {"OK peers: 1 peer connected.", "OK health: No peer is unhealthy.", "OK timers: Timers run in"
                + " time.", "OK file-descriptors: # of 160 file descriptors are open.", listening(),
            "OK remote-jmx: The node can be managed over remote JMX."};
        try (JmxClient client = JmxClient.connect(process)) {
            doctor = Diagnosis.of(client);
            doctor.finds(well);

            process.pause();
            Thread.sleep(SUSPENDED_MILLIS);
            process.resume();
            doctor.finds("WARN timers: 1 time in the last # s a delay was this node's own fault: its threads did not"
                    + " run in time, or half of its peers were late at once. Give it more processor time; look for"
                    + " long garbage collections, a paused machine and its network.");
            String stood = " ms: no peer is blamed for a heartbeat that is late";
            assertTrue(process.err().contains("The threads of this node did not run for ") && process.err().contains(
                    stood), process.err());
            peer.pause();
            String name = peer.id().substring(0, 8);
            doctor.explains(name, name + " is connected: …", "Its connection is degraded: the last answer to a probe"
                    + " came …, and 2 probes in a row failed; 3 in a row make it unhealthy.");
            doctor.finds("WARN health: 1 peer unhealthy: " + name + ". Ask why, by the id; connections that do not"
                    + " answer are closed and opened again.",
                    "FAIL peers: 0 peers connected: messages go nowhere. See what is found about seeds.");
            doctor.explains(name, name + " is not connected: it did not answer in time: 3 heartbeats were not"
                    + " answered.");
            peer.resume();
            useUpDescriptors(process);
            doctor.finds(well);
        }
    }

    private void useUpDescriptors(NodeProcess process) throws IOException {
        String raise = " Raise the limit (ulimit -n, LimitNOFILE of the service), or lower maxConnections of"
                + " org.ippan.network.peers.";
        List<Socket> sockets = new ArrayList<>();
        try {
            connect(process, sockets);
            doctor.finds("FAIL file-descriptors: # of 160 file descriptors are open: soon no connection can be opened."
                    + raise);
            connect(process, sockets);
            doctor.finds("FAIL file-descriptors: Of 160 file descriptors none is left, not even to count them: no"
                    + " connection can be opened." + raise, "FAIL listener: The node listens on " + process.listen()
                    + " but cannot be reached there from itself: Too many open files. Look for a firewall on this"
                    + " machine, and what is found about file-descriptors.");
            String said = "Cannot accept connections: Too many open files; trying again";
            assertTrue(process.err().contains(said), process.err());
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static void connect(NodeProcess process, List<Socket> sockets) throws IOException {
        for (int i = 0; i < MANY; i++) {
            sockets.add(new Socket(Nodes.LOOPBACK, PeerAddress.parse(process.listen()).port()));
        }
    }
}
