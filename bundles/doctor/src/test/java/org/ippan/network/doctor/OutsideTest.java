// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.chaos.ChaosSnapshot;
import org.ippan.network.api.discovery.DiscoverySnapshot;
import org.ippan.network.api.discovery.FindingRefusal;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.nat.NatProblem;
import org.ippan.network.api.nat.NatSnapshot;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.web.WebSnapshot;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What finds other nodes, and lets them find this one. */
class OutsideTest {

    private final FakeNode node = new FakeNode();

    private List<String> finds(String check) {
        return FakeNode.of(check, node.doctor().examine());
    }

    private void discovery(boolean enabled, int failures) {
        node.sources.clear();
        node.sources.add(() -> Records.of(DiscoverySnapshot.class, Map.of("source", "dns", "enabled", enabled, "found",
                3, "failuresInARow", failures, "lastError", failures == 0 ? "" : "name server 192.0.2.53 port 53 did"
                        + " not answer within 3000 ms for net.example.org")));
    }

    private void nat(NatProblem problem, int mapped) {
        node.sources.clear();
        node.sources.add(() -> Records.of(NatSnapshot.class, Map.of("enabled", true, "gateway", "192.168.1.1",
                "protocol", "pcp", "mappings", "198.51.100.7:9700 -> 9700", "mapped", mapped, "problem", problem,
                "externalAddress", "198.51.100.7",
                "lastError", problem == NatProblem.REFUSED ? "pcp: not authorized" : "")));
    }

    @Test
    void shouldSayNothingOfWhatIsNotThereOrNotSwitchedOn() {
        assertEquals(List.of(), finds("discovery"));
        assertEquals(List.of(), finds("nat"));

        discovery(false, 9);

        assertEquals(List.of(), finds("discovery"));
    }

    @Test
    void shouldSayWhyThePageIsNotShown() {
        node.sources.add(() -> Records.of(WebSnapshot.class, Map.of("boundAddress", "127.0.0.1:9780")));
        assertEquals(List.of(), finds("page"));

        node.sources.clear();
        node.sources.add(() -> Records.of(WebSnapshot.class, Map.of("listenError",
                "cannot listen on 127.0.0.1:9780: Address already in use")));

        assertEquals(List.of("WARN The page is not shown: cannot listen on 127.0.0.1:9780: Address already in use."
                + " Correct what is named there; if it is the address, free it or set another listenAddress of"
                + " org.ippan.network.web."), finds("page"));
    }

    @Test
    void shouldWarnOfSubscribedProgramsOnlyWhileTheyLoseMessages() {
        AtomicLong lost = new AtomicLong(7);
        node.sources.add(() -> Records.of(WebSnapshot.class, Map.of("lost", lost.get())));
        Doctor doctor = node.doctor();
        node.time.advance(Duration.ofSeconds(12));
        assertEquals(List.of(), FakeNode.of("subscribers", doctor.glance()));

        lost.addAndGet(812);

        assertEquals(List.of("WARN Programs subscribed over HTTP read too slowly: 812 messages dropped in the last 12"
                + " s, the oldest first. Have them read faster, or subscribe to fewer topics; each is told how many it"
                + " missed, and no node waits for them."), FakeNode.of("subscribers", doctor.glance()));
        node.time.advance(Duration.ofSeconds(30));
        assertEquals(List.of(), FakeNode.of("subscribers", doctor.glance()));
    }

    @Test
    void shouldWarnOfFaultsOnPurposeWhileTheyAreMade() {
        node.sources.add(() -> Records.of(ChaosSnapshot.class, Map.of("active", false)));
        assertEquals(List.of(), finds("chaos"));

        node.sources.clear();
        node.sources.add(() -> Records.of(ChaosSnapshot.class, Map.of("active", true, "remainingSeconds", 421.0,
                "faults", "5.00 % of messages to peers are lost on all links")));

        assertEquals(List.of("WARN This node makes faults on purpose for another 8 min: 5.00 % of messages to peers are"
                + " lost on all links. To end them now, take the keys of org.ippan.network.chaos out, or remove that"
                + " bundle."), finds("chaos"));
    }

    @Test
    void shouldWarnOfADiscoveryThatFailsThreeTimes() {
        discovery(true, 2);
        assertEquals(List.of("OK The discovery dns knows 3 addresses or records."), finds("discovery"));

        discovery(true, 3);

        assertEquals(List.of("WARN The discovery dns failed 3 times in a row: name server 192.0.2.53 port 53 did not"
                + " answer within 3000 ms for net.example.org. Correct org.ippan.network.discovery.dns or what it"
                + " searches; what was found before is kept."), finds("discovery"));
    }

    @Test
    void shouldWarnOfADiscoveryThatFindsNothingWhileThereIsNoPeer() {
        node.sources.add(() -> Records.of(DiscoverySnapshot.class, Map.of("source", "file", "enabled", true, "looks",
                4L, "refused", Map.of(FindingRefusal.LOOPBACK, 2L, FindingRefusal.PRIVATE, 0L))));

        assertEquals(List.of("WARN The discovery file knows 0 addresses or records; refused since its start: loopback"
                + " 2. Check what org.ippan.network.discovery.file searches; on one machine set allowLoopback = true"
                + " there."), finds("discovery"));

        node.peers.add(Records.of(Peer.class,
                Map.of("connected", true, "address", PeerAddress.tcp("192.0.2.1", 9700))));
        assertEquals(List.of("OK The discovery file knows 0 addresses or records."), finds("discovery"));
    }

    /** The records of nodes in a private network, which the discovery over HTTP does not use unless it is told to. */
    @Test
    void shouldWarnOfRecordsOfWhichNothingIsUsedWhileThereIsNoPeer() {
        node.sources.add(() -> Records.of(DiscoverySnapshot.class, Map.of("source", "http", "enabled", true, "found",
                3, "looks", 1L, "refused", Map.of(FindingRefusal.PRIVATE, 3L))));

        assertEquals(List.of("WARN The discovery http knows 3 addresses or records; refused since its start: private"
                + " 3. Check what org.ippan.network.discovery.http searches; in a private network set allowPrivate ="
                + " true there."), finds("discovery"));
    }

    @Test
    void shouldTellWhatTheRouterPassesOn() {
        nat(NatProblem.NONE, 1);

        assertEquals(List.of("OK The router at 192.168.1.1 passes connections on (pcp): 198.51.100.7:9700 -> 9700."),
                finds("nat"));
    }

    @Test
    void shouldSayWhatIsDoubtfulOfWhatTheRouterPassesOn() {
        node.sources.add(() -> Records.of(NatSnapshot.class, Map.of("enabled", true, "gateway", "192.168.1.1",
                "protocol", "upnp", "mappings", "?:9700 -> 9700", "mapped", 1, "problem", NatProblem.NONE,
                "lastError", "no answer within 3000 ms")));

        assertEquals(List.of("OK The router at 192.168.1.1 passes connections on (upnp): ?:9700 -> 9700. Its outer"
                + " address is not known yet, so peers are told none. The last request failed: no answer within 3000"
                + " ms."), finds("nat"));
    }

    @Test
    void shouldFindThatPeersAreToldAnotherAddressThanTheySee() throws UnknownHostException {
        node.advertises("198.51.100.7:9700, [2001:db8::7]:9700");
        assertEquals(List.of(), finds("advertise-seen"));

        node.observed = List.of(InetAddress.getByName("203.0.113.50"));
        assertEquals(List.of("WARN Peers see this node at 203.0.113.50, but are told 198.51.100.7, 2001:db8::7. Correct"
                + " advertise of org.ippan.network.peers, or forward that address to this node."),
                finds("advertise-seen"));

        node.observed = List.of(InetAddress.getByName("2001:db8:0:0::7"));
        assertEquals(List.of(), finds("advertise-seen"));
        node.advertises("node.example.org:9700");
        assertEquals(List.of(), finds("advertise-seen"));
    }

    /** A host dials from one of its addresses of IPv6, and need not be told of at all of them. */
    @Test
    void shouldCompareOnlyAddressesOfOneFamilyAndHostsOfIpv6() throws UnknownHostException {
        node.advertises("198.51.100.7:9700");
        node.observed = List.of(InetAddress.getByName("2001:db8::7"));
        assertEquals(List.of(), finds("advertise-seen"));

        node.observed = List.of(InetAddress.getByName("198.51.100.7"), InetAddress.getByName("2001:db8::99"));
        node.advertises("198.51.100.7:9700, [2001:db8::7]:9700");
        assertEquals(List.of(), finds("advertise-seen"));

        node.observed = List.of(InetAddress.getByName("198.51.100.7"), InetAddress.getByName("2001:db8:0:1::7"));
        assertEquals(List.of("WARN Peers see this node at 2001:db8:0:1:0:0:0:7, but are told 198.51.100.7, 2001:db8::7."
                + " Correct advertise of org.ippan.network.peers, or forward that address to this node."),
                finds("advertise-seen"));
    }

    @ParameterizedTest
    @EnumSource(value = NatProblem.class, mode = EnumSource.Mode.EXCLUDE, names = {"NONE", "SEARCHING"})
    void shouldWarnOfEveryReasonWhyPeersCannotConnect(NatProblem problem) {
        nat(problem, 0);

        String finding = finds("nat").get(0);
        assertTrue(finding.startsWith("WARN Peers beyond the router cannot connect to this node: "
                + problem.description()), finding);
    }
}
