// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.peers.EndCause;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerState;
import org.ippan.network.peers.session.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers that are gone because one of the two nodes wanted it: nothing is wrong with them. */
class LeftTest extends Simulation {

    private TestNode other;

    @BeforeEach
    void startOther() {
        other = node(2).start();
    }

    private Peer paris(TestNode node) {
        return node.operations.peer(other.id()).orElseThrow();
    }

    private TestNode linked() {
        TestNode node = node(1).seeds(other.address().toString()).start();
        pass(2);
        assertEquals(PeerHealth.HEALTHY, paris(node).health());
        assertEquals(PeerState.CONNECTED, paris(node).state());
        return node;
    }

    @Test
    void shouldCallAPeerThatSaidGoodbyeLeft() {
        TestNode node = linked();

        other.core.stop();
        pass(1);

        assertEquals(PeerHealth.LEFT, paris(node).health());
        assertEquals(1, node.health.records.stream().filter("removed"::equals).count());
    }

    /** Each dial of a configured peer fails meanwhile: that does not change how it went. */
    @Test
    void shouldCallItLeftAsLongAsItStaysAway() {
        TestNode node = linked();

        other.core.stop();
        pass(1);
        other.transport.crash();
        pass(3600);

        assertEquals(PeerHealth.LEFT, paris(node).health());
        assertEquals(PeerState.LEFT, paris(node).state());
        assertEquals(EndCause.UNREACHABLE, paris(node).endCause());
    }

    @Test
    void shouldNotCallAPeerThatCrashedLeft() {
        TestNode node = linked();

        other.transport.crash();
        pass(1);

        assertEquals(PeerHealth.HEALTHY, paris(node).health(), "what the health service says");
        assertEquals(PeerState.LOST, paris(node).state());
        assertEquals(0, node.health.records.stream().filter("removed"::equals).count());
    }

    @Test
    void shouldCallAPeerHealthyAgainThatLeftAndCameBack() {
        TestNode node = linked();

        other.operations.disconnect(node.id(), "for a while");
        pass(0.1);
        PeerHealth away = paris(node).health();
        pass(10);

        assertEquals(PeerHealth.LEFT, away);
        assertEquals(PeerHealth.HEALTHY, paris(node).health());
    }

    /** Its silence is wanted here: it must not become unhealthy minutes later. */
    @Test
    void shouldForgetTheHealthOfAPeerThatThisNodeDisconnects() {
        TestNode node = linked();
        node.set("outboundTarget", 0).seeds();
        other.set("outboundTarget", 0);
        pass(1);

        node.operations.disconnect(other.id(), "enough");
        pass(1);

        assertEquals(1, node.health.records.stream().filter("removed"::equals).count());
        assertEquals(EndCause.DISCONNECTED, paris(node).endCause());
        assertEquals(PeerState.WAITING, paris(node).state());
    }

    @Test
    void shouldSayWhetherAPeerThatWasNeverMetIsDialledOrWaitedFor() {
        TestNode node = node(1).seeds("10.0.0.99:9700").start();
        Set<PeerState> states = EnumSet.noneOf(PeerState.class);
        for (int i = 0; i < 100; i++) {
            pass(0.1);
            states.add(node.operations.peers().get(0).state());
        }

        assertEquals(EnumSet.of(PeerState.DIALLING, PeerState.WAITING), states);
    }

    /** There is no peer yet that could be refused. */
    @Test
    void shouldRefuseNothingWhenItStopsWhileItDials() {
        network.delay(Duration.ofSeconds(1), 0);
        TestNode node = node(1).seeds(other.address().toString()).start();
        List<Session.Stage> stages = List.of();
        for (int i = 0; i < 100 && !stages.contains(Session.Stage.OPEN); i++) {
            pass(0.1);
            stages = node.core.links().sessions().stream().map(Session::stage).toList();
        }

        node.core.stop();
        pass(5);

        assertEquals(List.of(Session.Stage.OPEN), stages);
        assertEquals(List.of(), Stream.of(node, other).flatMap(each -> each.log.stream())
                .filter(line -> line.contains("refused")).toList());
    }

    @Test
    void shouldCallABannedPeerBannedHoweverItWent() {
        TestNode node = linked();

        node.reputation.banned.add(other.id());
        other.core.stop();
        pass(1);

        assertEquals(PeerState.BANNED, paris(node).state());
    }
}
