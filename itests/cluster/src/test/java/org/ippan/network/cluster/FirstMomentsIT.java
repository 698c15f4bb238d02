// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.EffectiveSetting;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.service.cm.ConfigurationAdmin;

/** What the doctor says of what has just begun, and of what is only half there; each state is held for as long. */
@Tag(Nodes.WAITING)
class FirstMomentsIT {

    private static final String PEERS = "org.ippan.network.peers";
    private static final String HEALTH = "org.ippan.network.health";
    private static final String GOSSIP = "org.ippan.network.gossip";
    private static final String AWAY = "127.0.0.1:1";

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Strangers strangers = new Strangers();

    @Test
    void shouldSayThatOneDialFailed() throws Exception {
        IppanNode node = nodes.embed("node", strangers.busy());

        Diagnosis.of(node).explains(seed(node), "The last dial failed. " + seed(node) + " is …");
    }

    /** Where it does not answer, each dial takes seconds. */
    private static String seed(IppanNode node) {
        return node.peers().peers().get(0).address().toString();
    }

    @Test
    void shouldSayThatAPeerNeverAnswered() {
        IppanNode node = nodes.embed("node", builder -> builder.set("org.ippan.network.transport", "tls", "false")
                .set(HEALTH, "checkIntervalSeconds", "2").set(HEALTH, "checkTimeoutSeconds", "2"));
        try (WirePeer peer = WirePeer.connect(Nodes.address(node), "default")) {
            peer.silence();

            Diagnosis.of(node).explains(PeerId.of(peer.id()).toString(), "Its connection is …: it never answered a"
                    + " probe, and # probe… in a row failed; # in a row make it unhealthy.", "Its round trip is not"
                    + " known; an answer is waited for …at most 2 s.");
        }
    }

    @Test
    void shouldSayThatACheckFailedAndGoOnWithTheOthers() {
        IppanNode node = nodes.embed("node");
        Diagnosis doctor = Diagnosis.of(node);

        node.register(CallbackFaultSource.class, () -> {
            throw new IllegalStateException("it is being replaced");
        }, Map.of());

        doctor.tells("WARN applications: The check itself failed: java.lang.IllegalStateException: it is being"
                + " replaced. Run it again; a bundle may have been replaced.");
        doctor.tells("OK services: All services are there.");
    }

    @Test
    void shouldNameWhatTellsNothingOfItselfAndJudgeTheRest() {
        IppanNode node = nodes.embed("node");
        Diagnosis doctor = Diagnosis.of(node);

        node.register(SnapshotSource.class, () -> {
            throw new IllegalStateException("no database");
        }, Map.of(SnapshotSource.NAME, "Prices"));
        node.register(SnapshotSource.class, () -> null, Map.of(SnapshotSource.NAME, "Orders"));

        doctor.finds("WARN applications: The snapshot source " + getClass().getName() + "… failed # time…, and what it"
                + " tells is missing: it returned no snapshot. The log shows the stack trace; correct the application.",
                "WARN applications: The snapshot source " + getClass().getName() + "… failed # time…, and what it"
                + " tells is missing: java.lang.IllegalStateException: no database. The log shows the stack trace;"
                + " correct the application.");
        assertEquals(List.of(), doctor.all().stream().filter(line -> line.contains("The check itself failed"))
                .toList());
    }

    @Test
    void shouldSayThatAGoodKeyIsNotTakenOverForABadOneBesideIt() throws Exception {
        IppanNode node = nodes.embed("node");
        node.find(ConfigurationAdmin.class).orElseThrow().getConfiguration(GOSSIP, "?")
                .update(new Hashtable<>(Map.of("minPeers", "none", "maxAgeSeconds", "100")));
        Eventually.until("it is refused", Nodes.SOON, () -> !setting(node, GOSSIP + " minPeers").refused().isEmpty());

        EffectiveSetting good = setting(node, GOSSIP + " maxAgeSeconds");

        assertEquals("240", good.value());
        assertEquals("maxAgeSeconds = 100: not taken over, because of " + GOSSIP + ": minPeers = none: must be a whole"
                + " number from 1 to 1000", good.refused());
    }

    private static EffectiveSetting setting(IppanNode node, String filter) {
        List<EffectiveSetting> found = node.service(Doctor.class).settings(filter);
        assertEquals(1, found.size(), found.toString());
        return found.get(0);
    }

    @Test
    void shouldReadTheSettingsOfAPeerWhateverItIsCalled() {
        String name = PEERS + ".peer~a(b*";
        IppanNode node = nodes.embed("node", builder -> builder.set(name, "address", AWAY));

        EffectiveSetting address = setting(node, name + " address");

        assertEquals(AWAY + " from Config Admin", address.value() + " from " + address.source());
    }
}
