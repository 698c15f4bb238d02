// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** What the doctor says in rarer states: services that are away, tables that are too large, peers that just begin. */
@Tag(Nodes.WAITING)
class AdviceIT {

    private static final String GOSSIP = "org.ippan.network.gossip";
    private static final String TRANSPORT = "org.ippan.network.transport";
    private static final String AWAY = "127.0.0.1:1";
    private static final PeerId STRANGER = PeerId.parse("ab".repeat(32));

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Strangers strangers = new Strangers();

    private IppanNode node;
    private Diagnosis doctor;

    private void start() {
        node = nodes.embed("node", builder -> builder.set(TRANSPORT, "acceptPerSecond", "4000"));
        doctor = Diagnosis.of(node);
    }

    private Bundle bundle(String name) {
        return Stream.of(node.bundleContext().getBundles()).filter(bundle -> bundle.getSymbolicName()
                .equals("org.ippan.network." + name)).findFirst().orElseThrow();
    }

    @Test
    void shouldSayWhyNoPeerIsDialled() throws BundleException {
        start();
        node.service(PeerAdmin.class).add(PeerAddress.parse(AWAY), "lyon");
        bundle("reputation").stop();
        doctor.explains("lyon", "No peer is dialled or let in: the service reputation is absent.",
                "Its score is not known: the service reputation is absent.");
        bundle("reputation").start();
        doctor.explains("lyon", "The last # dials failed. " + AWAY + " is dialled again …; until then its circuit is"
                + " open.");
        node.service(ReputationAdmin.class).ban(STRANGER, Duration.ZERO, "a test");
        doctor.explains(STRANGER.toString(), "abababab is not connected: it is banned.", "It is not dialled: no address"
                + " of it is known.");
        bundle("peers").stop();
        doctor.explains(STRANGER.toString(), "No peer is dialled: the service peers is absent.");
        bundle("peers").start();
    }

    private String judged() {
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://"
                    + node.httpAddress().orElseThrow() + "/api/v1/node")).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void isJudged(String... sentences) {
        Eventually.until(this::judged, Nodes.SOON, () -> {
            String judged = judged();
            return Stream.of(sentences).allMatch(judged::contains);
        });
    }

    @Test
    void shouldSayWhatIsKnownWithoutADoctorOrWithOneThatFails() throws BundleException {
        node = nodes.embed("node", builder -> builder.http("127.0.0.1", 0));
        isJudged("0 peers connected, and none is configured.");

        IppanNode.Registration failing = node.register(Doctor.class, new GoingDoctor(),
                Map.of("service.ranking", 100));
        isJudged("The node is not examined: the doctor failed: java.lang.IllegalStateException: it is being replaced.",
                "Ask again; the bundle org.ippan.network.doctor may have been replaced.");
        failing.close();
        bundle("doctor").stop();
        isJudged("The node is not examined: the doctor is absent.", "Start the bundle org.ippan.network.doctor.");
        bundle("gossip").stop();
        isJudged("Gossip is absent.", "Start its bundle.");
        bundle("gossip").start();
        bundle("doctor").start();
        isJudged("0 peers connected, and none is configured.");
    }

    @Test
    void shouldSayThatABannedStrangerIsRefusedIfItComes() {
        start();
        IppanNode paris = nodes.embed("paris", Nodes.address(node));
        Nodes.awaitPeers(node, 1);

        node.service(ReputationAdmin.class).ban(paris.id(), Duration.ofHours(1), "a test");

        doctor.explains(paris.id().toString(), "It is not dialled, and refused if it comes, as long as it is banned.");
    }

    @Test
    void shouldSayThatAScoreDoesNotRecover() {
        start();
        node.set("org.ippan.network.reputation", "decayPoints", "0");
        for (int i = 0; i < 25; i++) {
            node.service(ReputationManager.class).handle(STRANGER).recordFailure(Cause.DIAL_FAILED);
        }

        doctor.explains(STRANGER.toString(), "It is warned: its score of -# is not above -100.",
                "Its score does not recover by itself: decayPoints is 0.");
    }

    @Test
    void shouldSayThatPeersAreOnlyBegunToBeDialled() throws Exception {
        node = nodes.embed("node", strangers.busy());
        doctor = Diagnosis.of(node);

        doctor.tells("WARN peers: 0 peers connected yet: the configured ones are dialled for the first time. Wait a few"
                + " seconds.");
    }

    @Test
    void shouldSayThatTablesTakeMoreThanHalfOfTheHeap() {
        start();
        long most = Runtime.getRuntime().maxMemory();
        node.set(GOSSIP, "cacheBytes", String.valueOf(most * 6 / 10));

        doctor.tells("WARN memory: The heap may take # MiB, and of it the logs # MiB, messages that wait # MiB, message"
                + " ids # MiB, ids for fingerprints # MiB: more than half of it, so memory may run out. Lower"
                + " cacheBytes and validationQueueBytes of org.ippan.network.gossip or capacity of"
                + " org.ippan.network.dedup, or give the JVM a larger heap (-Xmx).");
    }

    @Test
    void shouldSayThatHandshakesGiveWayToNewerOnes() throws Exception {
        start();
        node.set(TRANSPORT, "maxPendingHandshakes", "1");
        node.set(TRANSPORT, "maxPendingPerAddress", "1000");
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            open.add(new Socket(Nodes.LOOPBACK, node.listenAddress().orElseThrow().port()));
        }

        doctor.tells("WARN backlog: # handshakes given up for newer ones in the last # s: maxPendingHandshakes was"
                + " reached. If they are wanted, raise maxPendingHandshakes of org.ippan.network.transport.");
        for (Socket socket : open) {
            socket.close();
        }
    }
}
