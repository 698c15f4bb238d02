// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** What the log says of a configuration that is wrong, and of one that is right again. */
@Tag(Nodes.WAITING)
class LoggedIT {

    private static final String DEDUP = "org.ippan.network.dedup";
    private static final String GOSSIP = "org.ippan.network.gossip";
    private static final String PEERS = "org.ippan.network.peers";
    private static final String TRANSPORT = "org.ippan.network.transport";

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Logged logged = new Logged();

    private IppanNode node;

    @Test
    void shouldSayWhatRunsAndWithWhichSettings() {
        node = nodes.embed("node", builder -> builder.http(Nodes.LOOPBACK, 0));
        for (String begun : List.of("Deduplication started: ", "Gossip started: ", "Health monitoring started: ",
                "Metrics started: ", "Peers started: ", "Reputation started: ", "Survey started: ",
                "Transport started: ", "WebSocket started: ")) {
            logged.says("INFO ", begun, " at default");
        }
        logged.says("INFO ", "This node is " + node.id());
        logged.says("INFO ", "Page served at http://127.0.0.1:");

        node.set(DEDUP, "capacity", "100000");
        node.set(GOSSIP, "maxAgeSeconds", "100");
        node.set(PEERS, "outboundTarget", "3");
        node.set("org.ippan.network.reputation", "decayPoints", "11");
        node.set(TRANSPORT, "connectTimeoutSeconds", "4");
        node.set(TRANSPORT + ".websocket", "pingSeconds", "29");

        logged.says("INFO ", "Deduplication configured: capacity=100000, ");
        logged.says("INFO ", "Gossip configured: maxAgeSeconds=100, ");
        logged.says("INFO ", "Peers configured: ", "outboundTarget=3, ");
        logged.says("INFO ", "Reputation configured: decayPoints=11, ");
        logged.says("INFO ", "Transport configured: connectTimeoutSeconds=4, ");
        logged.says("INFO ", "WebSocket configured: pingSeconds=29, ");
        node.close();
        logged.says("INFO ", "Gossip stopped");
    }

    /** As a file does that an editor wrote: without a check before. */
    private void store(String pid, Map<String, ?> values) throws IOException {
        Configuration configuration = node.find(ConfigurationAdmin.class).orElseThrow().getConfiguration(pid, "?");
        configuration.update(new Hashtable<>(values));
    }

    @Test
    void shouldSayWhatIsWrongWithAConfigurationAndWhatTheNodeDoes() throws IOException {
        node = nodes.embed("node");

        store(GOSSIP, Map.of("minPeers", "none"));
        logged.says("ERROR ", GOSSIP + ": minPeers = none: must be a whole number from 1 to 1000. The last good"
                + " settings stay in force");
        assertTrue(node.service(Doctor.class).settings("minPeers").toString().contains("\n     refused: "));
        store(PEERS, Map.of("mode", "alowlist"));
        logged.says("ERROR ", PEERS + ": mode = alowlist: must be one of open, allowlist", ". Not serving until this is"
                + " corrected");
        store(PEERS, Map.of("networkKey", "***"));
        logged.says("ERROR ", PEERS + ": networkKey = ***: must be", "*** stands for what is not shown: write that"
                + " itself");
        store(PEERS, Map.of());
        store(GOSSIP, Map.of("minPeers", new int[] {1, 2}));
        logged.says("ERROR ", GOSSIP + ": minPeers = 1,2: must be a whole number from 1 to 1000, not a list of 2"
                + " values");
        store(GOSSIP, Map.of());
    }

    /** There are no last good settings where none were ever good. */
    @Test
    void shouldSayWhatCountsWhereNoConfigurationWasGoodYet() throws Exception {
        node = nodes.embed("node");
        Bundle dedup = node.bundleContext().getServiceReference(MessageDeduplicator.class).getBundle();
        dedup.stop();
        store(DEDUP, Map.of("capacity", "abc", "windowSeconds", "400"));

        dedup.start();

        logged.says("ERROR ", DEDUP + ": capacity = abc: must be", ". Until this is corrected, each of these keys has"
                + " its default");
        Diagnosis.of(node).tells("WARN configuration: " + DEDUP + ": capacity = abc: must be a whole number from 0 to"
                + " 100000000. Correct it; no configuration was good yet, so refused keys have their defaults.");
        assertTrue(node.service(Doctor.class).settings("windowSeconds").toString().contains("400"));
        store(DEDUP, Map.of("capacity", "ab", "windowSeconds", "400"));
        logged.says("ERROR ", DEDUP + ": capacity = ab: must be", ". No configuration was good yet; the settings in"
                + " force stay");
    }

    /** As a file with a slip in its name. */
    @Test
    void shouldFindAConfigurationThatNoBundleTakes() throws IOException {
        node = nodes.embed("node");

        store("org.ippan.network.reputaton", Map.of("banThreshold", "-300"));

        Diagnosis.of(node).tells("WARN configuration: org.ippan.network.reputaton: no bundle has a configuration of"
                + " this name. Did you mean org.ippan.network.reputation?");
    }

    /** What is taken, but may not be what an operator means. */
    @Test
    void shouldWarnOfWhatIsDoubtful() throws IOException {
        node = nodes.embed("node");

        store(PEERS, Map.of("networkKey", "short"));
        logged.says("WARN ", PEERS + ": networkKey: the value has fewer than 16 bytes, only accepted because this node"
                + " listens on loopback only; 16 bytes or more elsewhere: take one such as openssl rand -hex 32"
                + " prints");
        Diagnosis.of(node).tells("OK network: …share is auto, and a networkKey is set: only members hear it.");
        store(PEERS, Map.of("networkKey", "password12345678"));
        logged.says("WARN ", PEERS + ": networkKey: the value can be guessed, and a peer that guesses it joins the"
                + " network; take one such as openssl rand -hex 32 prints, on every node");
        store(PEERS, Map.of("mode", "allowlist"));
        Diagnosis.of(node).tells("OK network: …share is auto, and mode is allowlist: only allowed peers are linked.");
        logged.says("WARN ", PEERS + ": allow: the mode is allowlist and the list is empty, so no peer can connect; add"
                + " the ids of the peers, or set mode=open");
        store(TRANSPORT + ".websocket", Map.of("trustedProxies", "0.0.0.0/0"));
        logged.says("WARN ", ".websocket: trustedProxies: every client may say where it comes from, and no limit or"
                + " block holds for it; name the addresses of the reverse proxies alone");
        store(PEERS, Map.of("allow", "0".repeat(64)));
        logged.says("WARN ", PEERS + ": allow: the mode is open, so others than those of the list connect too; set"
                + " mode=allowlist, or leave allow out");
        store(PEERS, Map.of("mode", "allowlist"));
        store(TRANSPORT + ".websocket", Map.of("proxyPassword", "word", "proxy", "http://proxy.invalid:3128"));
        logged.says("WARN ", ".websocket: proxyPassword: it does nothing while proxyUser is not set; set proxyUser too,"
                + " or leave proxyPassword out");
        store(TRANSPORT, Map.of("tls", "false", "listenAddress", Nodes.ANY_PORT));
        String needs = "mode = allowlist needs tls=true in org.ippan.network.transport, as in plaintext the id of a"
                + " peer is only claimed";
        Eventually.until(() -> needs + ", not " + node.peers().snapshot().refusal(), Nodes.SOON,
                () -> node.peers().snapshot().refusal().equals(needs));
    }

    /** Of the container itself, whose own log nothing writes down. */
    @Test
    void shouldSayWhatABundleWaitsFor() throws IOException {
        node = nodes.embed("node");

        store(GOSSIP, Map.of("peers.target", "(colour=blue)"));

        logged.says("ERROR ", GOSSIP + " does not start, its services are absent: it waits for PeerDirectory with"
                + " (colour=blue), which the key peers.target of its configuration asks for");
    }

    @Test
    void shouldSayThatItListensAgain() throws IOException {
        node = nodes.embed("node");

        store(TRANSPORT, Map.of("tls", "false", "listenAddress", Nodes.ANY_PORT));
        logged.says("WARN ", "tls=false: connections are neither encrypted nor authenticated");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(Nodes.LOOPBACK))) {
            String address = Nodes.LOOPBACK + ":" + taken.getLocalPort();
            store(TRANSPORT, Map.of("listenAddress", address));
            logged.says("WARN ", "cannot listen on " + address + ": Address already in use; trying again until it"
                    + " works");
        }
        logged.says("INFO ", "Listening on 127.0.0.1:", " now");
    }
}
