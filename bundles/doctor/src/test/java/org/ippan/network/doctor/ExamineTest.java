// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.peers.EndCause;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each check, with a node that is well and with one that has just this illness. */
class ExamineTest {

    @TempDir
    private Path folder;

    private final FakeNode node = new FakeNode();

    @BeforeEach
    void makeAKey() throws IOException {
        node.identity = Files.createFile(folder.resolve("identity.pem"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private void finds(String check, String... expected) {
        assertEquals(List.of(expected), FakeNode.of(check, node.doctor().examine()));
    }

    private void configured(String alias, String address, Map<String, ?> stated) {
        Map<String, Object> all = new HashMap<>(Map.of("alias", alias, "address",
                PeerAddress.parse(address), "configured", true, "score", ReputationScore.NEUTRAL));
        all.putAll(stated);
        node.peers.add(Records.of(Peer.class, all));
    }

    @Test
    void shouldFindNothingWrongWithANodeThatIsWell() {
        configured("paris", "10.0.0.12:9700", Map.of("connected", true));

        List<Finding> findings = node.doctor().examine();

        assertEquals(List.of("applications", "backlog", "configuration", "dedup-capacity", "dedup-window", "encryption",
                "file-descriptors", "health", "identity", "listener", "memory", "peers", "seeds", "services", "timers"),
                findings.stream().filter(finding -> finding.severity() == Severity.OK).map(Finding::check).toList());
        assertEquals(List.of("OK The node listens on 0.0.0.0:9700 and is reached there from itself."),
                FakeNode.of("listener", findings));
        assertEquals(List.of("OK 1 configured peer, all connected."), FakeNode.of("seeds", findings));
    }

    @Test
    void shouldTellTheWorstFirst() {
        node.transport.put("tls", false);
        node.transport.put("boundAddress", "");

        List<Severity> told = node.doctor().examine().stream().map(Finding::severity).toList();

        assertEquals(told.stream().sorted(Comparator.reverseOrder()).toList(), told);
        assertEquals(Severity.FAIL, told.get(0));
    }

    @Test
    void shouldFindAbsentServices() {
        node.absent.add("metrics");
        finds("services", "WARN Absent: metrics; messages travel all the same. Start their bundles again, or look into"
                + " the log for why they stopped.");

        node.absent.addAll(List.of("transport", "peers", "gossip", "dedup", "reputation", "health"));
        finds("services", "FAIL Absent: transport, peers, gossip, dedup, reputation, health, metrics. Start their"
                + " bundles again, or look into the log for why they stopped.");
        finds("listener");
    }

    @Test
    void shouldFindRefusedConfigurations() {
        node.configure("dedup", Map.of("capacity", "abc"));
        finds("configuration", "WARN org.ippan.network.dedup: capacity = abc: must be a whole number from 1 to"
                + " 100000000. Correct it; the last good settings are in force.");

        node.configure("dedup", Map.of());
        node.configure("peers", Map.of("mode", "x"));
        finds("configuration", "FAIL org.ippan.network.peers: mode = x: must be a whole number from 0 to 9. Correct it:"
                + " the bundle does not serve until then.");
    }

    @Test
    void shouldFindAListenerThatIsNotThereOrNotReached() {
        node.unreachable.put("0.0.0.0:9700", "Connection timed out");
        finds("listener", "FAIL The node listens on 0.0.0.0:9700 but cannot be reached there from itself: Connection"
                + " timed out. Look for a firewall on this machine, and what is found about file-descriptors.");

        node.transport.put("listenError", "127.0.0.1:9700: Address already in use");
        finds("listener", "FAIL The node does not listen: 127.0.0.1:9700: Address already in use. Correct what is"
                + " named there; if it is the address, free it or set another listenAddress of"
                + " org.ippan.network.transport.");

        node.transport.putAll(Map.of("listenError", "", "boundAddress", ""));
        node.peersTold.put("refusal", "mode = alowlist: must be one of open, allowlist");
        finds("listener", "FAIL The node does not listen: mode = alowlist: must be one of open, allowlist. Correct what"
                + " is named there; no peer can connect to the node until then.");
    }

    @Test
    void shouldFindFilesWithSecretsThatOthersMayRead() throws IOException {
        Path open = Files.createFile(folder.resolve("scores"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        node.secretPlaces = List.of(node.identity, open, folder.resolve("absent"), open);

        finds("secrets", "WARN " + open + " is open to other users: group read, others read. Run chmod go= on them,"
                + " start the node with umask 077, and replace secrets that may have been read.");

        Files.delete(open);
        finds("secrets");
    }

    @Test
    void shouldFindAKeyThatOthersMayRead() throws IOException {
        Files.setPosixFilePermissions(node.identity, PosixFilePermissions.fromString("rw-r--r--"));
        finds("identity", "FAIL The key at " + node.identity + " is open to more than its owner: group read, others"
                + " read. Run chmod 600 on it; a user who copied it can be this node.");

        node.peersTold.putAll(Map.of("identityElsewhere", "10.0.0.9:9700",
                "sharedIdentities", "2f1c9a3e at 10.0.0.3:1 and 10.0.0.4:2"));
        String advice = " Stop one of them, move its identity file away and start it again: it makes a key of its own.";
        finds("shared-identity", "FAIL Another living node uses this node's identity; seen at, or told by the peer at,"
                + " 10.0.0.9:9700. Peers keep one of the two connected." + advice,
                "WARN Two living nodes use one identity: 2f1c9a3e at 10.0.0.3:1 and 10.0.0.4:2." + advice);

        Files.delete(node.identity);
        finds("identity", "WARN There is no key at " + node.identity + ". Restore it from a copy, or, if it could"
                + " never be written, make room or the folder writable: without it the node becomes another one at its"
                + " next start.");
    }

    @Test
    void shouldFindPlaintext() {
        node.transport.put("tls", false);

        finds("encryption", "WARN Connections are in plaintext: everybody on the way reads and changes them, and"
                + " ids are"
                + " only claimed. Set tls=true in org.ippan.network.transport on all nodes.");
    }

    @Test
    void shouldTryWhatIsNotConnected() {
        configured("paris", "paris.example:9700", Map.of("lastError", "no route"));
        configured("", "10.0.0.13:9700", Map.of("endCause", EndCause.OTHER_NETWORK,
                "lastError", EndCause.OTHER_NETWORK.text("")));
        configured("rome", "10.0.0.14:9700", Map.of("lastError", ""));
        node.unreachable.put("paris.example:9700", "its name cannot be resolved");

        finds("seeds", "WARN 10.0.0.13:9700 is not connected, although something listens there: its networkId is not"
                + " that of this node. Set the same networkId of org.ippan.network.peers on both nodes.",
                "WARN paris at paris.example:9700 is not connected and cannot be reached: its name cannot be"
                + " resolved. Check the address, whether the node runs, and the firewalls between.",
                "WARN rome at 10.0.0.14:9700 is not connected, although something listens there. See that it is a node"
                + " of the same version, with TLS as here, and what its log says.");
    }

    @Test
    void shouldTellAtAGlanceWhoRefuses() {
        configured("rome", "10.0.0.13:9700", Map.of("endCause", EndCause.OTHER_KEY));
        configured("oslo", "10.0.0.14:9700", Map.of("endCause", EndCause.UNREACHABLE));

        assertEquals(List.of("WARN rome at 10.0.0.13:9700 is not connected, although something listens there. Set the"
                + " same networkKey of org.ippan.network.peers on both nodes."),
                FakeNode.of("seeds", node.doctor().glance()));
    }

    @Test
    void shouldFindNothingAboutAPeerThatLeft() {
        configured("paris", "paris.example:9700", Map.of("health", PeerHealth.LEFT, "endCause", EndCause.LEFT));
        node.unreachable.put("paris.example:9700", "Connection refused");

        finds("seeds");
    }

    @Test
    void shouldSayOfABannedPeerThatThisIsWhy() {
        configured("paris", "10.0.0.12:9700", Map.of("score", new ReputationScore(0, Standing.BANNED)));

        finds("seeds", "WARN paris at 10.0.0.12:9700 is not connected, because it is banned. Ask why by its name;"
                + " pardon"
                + " it if that was a mistake.");
    }

    @Test
    void shouldTryOnlySomeOfVeryManyPeers() {
        for (int i = 1; i <= 40; i++) {
            configured("p" + i, "10.0.1." + i + ":9700", Map.of());
        }

        assertEquals("WARN 8 more configured peers not connected, and not tried now. Ask about one of them by its"
                + " name.",
                FakeNode.of("seeds", node.doctor().examine()).get(32));
    }

    @Test
    void shouldFindTooFewPeers() {
        node.configure("gossip", Map.of("minPeers", "4"));
        finds("peers", "WARN 3 peers connected, fewer than minPeers = 4. Add peers, or set a lower minPeers in"
                + " org.ippan.network.gossip.");

        node.peersTold.put("connected", 0);
        finds("peers", "FAIL 0 peers connected: messages go nowhere. See what is found about seeds.");

        configured("paris", "10.0.0.12:9700", Map.of());
        finds("peers", "WARN 0 peers connected yet: the configured ones are dialled for the first time. Wait a few"
                + " seconds.");

        node.peersTold.put("configured", 0);
        node.peers.clear();
        finds("peers", "WARN 0 peers connected, and none is configured. Add one, or wait for others to connect to this"
                + " node.");
    }

    @Test
    void shouldFindUnhealthyPeers() {
        node.health.put("unhealthyPeers", List.of(Peers.alice()));

        finds("health", "WARN 1 peer unhealthy: " + Peers.alice().shortForm() + ". Ask why, by the id; connections that"
                + " do not answer are closed and opened again.");
    }

    @Test
    void shouldCompareTheCapacityWithTheCurrentRateAndNotWithThePast() {
        node.dedup.putAll(Map.of("capacity", 10_000, "checks", 5_000_000L));
        var doctor = node.doctor();
        node.wait15s();
        node.dedup.put("checks", 5_003_000L);
        node.dedup.put("hits", 1_000L);

        assertEquals(List.of("WARN 133 new messages/s in the last 15 s need a capacity of 40000 for 300 s; it is 10000."
                + " Set capacity of org.ippan.network.dedup to 60000 or more."),
                FakeNode.of("dedup-capacity", doctor.examine()));

        node.dedup.putAll(Map.of("evictedEarly", 17L, "reachedWindowSeconds", 99.6));

        assertEquals("FAIL Message ids are forgotten after 100 s instead of 300 s: messages that come again are"
                + " delivered again.", FakeNode.of("dedup-capacity", doctor.examine()).get(0).split(" 133 new")[0]);
    }

    @Test
    void shouldFindAWindowShorterThanMessagesTravel() {
        node.configure("gossip", Map.of("maxAgeSeconds", "280"));

        finds("dedup-window", "WARN Ids are remembered for 300 s, but messages travel for up to 280 s: late ones are"
                + " delivered twice. Set windowSeconds of org.ippan.network.dedup to 340 or more, or a lower"
                + " maxAgeSeconds of org.ippan.network.gossip.");
    }

    @Test
    void shouldFindDelaysOfItsOwn() {
        var doctor = node.doctor();
        node.wait15s();
        node.peersTold.put("localFaults", 3L);

        assertEquals(List.of("WARN 3 times in the last 15 s a delay was this node's own fault: its threads did"
                + " not run in time, or half of its peers were late at once. Give it more processor time; look for long"
                + " garbage collections, a paused machine and its network."),
                FakeNode.of("timers", doctor.examine()));
    }

    @Test
    void shouldConnectToNobodyAtAGlance() {
        configured("paris", "10.0.0.12:9700", Map.of());
        node.unreachable.put("0.0.0.0:9700", "Connection timed out");

        List<Finding> findings = node.doctor().glance();

        assertEquals(List.of("OK The node listens on 0.0.0.0:9700."), FakeNode.of("listener", findings));
        assertEquals(List.of(), FakeNode.of("seeds", findings));
        assertTrue(node.doctor().examine().stream().allMatch(each -> each.isProbed() || findings.contains(each)));
    }

    @Test
    void shouldGoOnWhenAServiceGoesDuringACheck() {
        node.health.remove("unhealthyPeers");

        assertTrue(FakeNode.of("health", node.doctor().examine()).get(0).startsWith("WARN The check itself failed: "));
        finds("services", "OK All services are there.");
    }
}
