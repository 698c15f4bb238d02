// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.peers.CircuitState;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.peers.address.Nearness;
import org.ippan.network.peers.book.AddressBook;
import org.ippan.network.peers.book.BookFile;
import org.ippan.network.peers.links.Links;
import org.ippan.network.peers.wire.Goodbye;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** Whom a node dials, when, and what it remembers. */
class DialerTest extends Simulation {

    /** Each in a network of its own. */
    @Override
    TestNode node(long number) {
        return node(number, "10." + number + ".0.1");
    }

    @Test
    void shouldDialSeedsAtOnce() {
        TestNode other = node(2).start();
        TestNode node = node(1).seeds(other.address().toString()).start();

        pass(0.1);

        assertEquals(1, node.connected());
        Peer peer = node.operations.peers().get(0);
        assertTrue(peer.configured());
        assertEquals(CircuitState.CLOSED, peer.circuit());
        assertEquals(Optional.of(TestNode.EPOCH), peer.firstConnected()
                .map(at -> at.minusMillis(at.toEpochMilli() % 1000).minusNanos(at.getNano() % 1_000_000)));
    }

    @Test
    void shouldBackOffFromAnAddressWhereNobodyIs() {
        TestNode node = node(1).seeds("10.9.0.1:9700").start();

        pass(600);

        Peer peer = node.operations.peers().get(0);
        long dials = node.operations.snapshot().dials();
        assertTrue(dials >= 20 && dials <= 75, dials + " dials");
        assertEquals(dials, node.operations.snapshot().dialFailures());
        assertEquals(CircuitState.OPEN, peer.circuit());
        assertTrue(peer.nextTry().isPresent());
        assertEquals("connection refused", peer.lastError());
        assertEquals(dials, peer.failedDials());
    }

    @Test
    void shouldReturnWithinTenSecondsToAConfiguredPeerThatWasKilledAndRestarted() {
        for (int seed = 0; seed < 12; seed++) {
            TestNode other = node(2).start();
            TestNode node = node(1).seeds(other.address().toString()).start();
            pass(5 + 6 * seed);
            assertEquals(1, node.connected());

            other.transport.crash();
            pass(20);
            TestNode restarted = node(2).start();
            pass(6);

            assertEquals(1, restarted.connected(), "seed " + seed);
            node.core.stop();
            other.core.stop();
            restarted.core.stop();
            pass(5);
        }
    }

    /** As where a cluster has one name for all its nodes. */
    @Test
    void shouldDialANameAgainThatLedToThisNodeItself() {
        TestNode other = node(2).start();
        TestNode node = node(1).seeds("cluster.test:9700");
        network.name("cluster.test", node.transport);
        node.start();
        pass(2);
        int alone = node.connected();

        network.name("cluster.test", other.transport);
        pass(10);

        assertEquals(0, alone);
        assertEquals(1, node.connected());
    }

    @Test
    void shouldTakeNoPointsFromAPeerWhoseNameLeadsNowhereAnyMore() {
        TestNode other = node(2).start();
        network.name("paris.test", other.transport);
        TestNode node = node(1).seeds("paris.test:9700").start();
        pass(70);

        other.transport.crash();
        pass(200);

        assertEquals(List.of(), node.reputation.records);
    }

    @Test
    void shouldShowTheTrialDialAsHalfOpen() {
        TestNode gone = node(2);
        TestNode node = node(1).seeds(gone.address().toString()).start();
        gone.transport.vanish();
        pass(5.1);
        CircuitState waiting = node.operations.peers().get(0).circuit();

        pass(1.5);

        assertEquals(CircuitState.OPEN, waiting);
        assertEquals(CircuitState.HALF_OPEN, node.operations.peers().get(0).circuit());
    }

    @Test
    void shouldTakePointsForTheFirstThreeFailedDialsOnly() {
        TestNode other = node(2).start();
        TestNode node = node(1).seeds(other.address().toString()).start();
        pass(70);

        other.transport.crash();
        pass(200);

        assertEquals(List.of("failure " + other.id().shortForm() + " DIAL_FAILED",
                "failure " + other.id().shortForm() + " DIAL_FAILED",
                "failure " + other.id().shortForm() + " DIAL_FAILED"), node.reputation.records);
    }

    @Test
    void shouldHonourTheTimeAPeerAsksFor() {
        RawPeer full = new RawPeer(network.node(Peers.peer(2), "10.2.0.1")).mute();
        full.transport.listen(full);
        TestNode node = node(1).seeds("10.2.0.1:9700").start();
        pass(0.2);

        full.connection.close(new Goodbye(GoodbyeReason.TOO_MANY, 100, "").frame());
        pass(98);
        long early = node.operations.snapshot().dials();
        pass(4);

        assertEquals(1, early);
        assertEquals(2, node.operations.snapshot().dials());
    }

    /** Connection to itself. */
    @Test
    void shouldRememberItsOwnAddressForTenMinutes() {
        TestNode node = node(1).seeds("10.1.0.1:9700").start();

        pass(590);
        long dials = node.operations.snapshot().dials();
        pass(20);

        assertEquals(1, dials);
        assertEquals(2, node.operations.snapshot().dials());
        assertEquals(0, node.connected());
        assertEquals(List.of(), node.reputation.records);
    }

    @Test
    void shouldKeepUpAsManyConnectionsAsWantedSpreadOverRegions() {
        TestNode node = node(1).set("outboundTarget", "3").start();
        for (int i = 10; i < 20; i++) {
            TestNode other = node(i).set("outboundTarget", "0").seeds(node.address().toString()).start();
            pass(0.5);
            other.seeds();
            node.operations.disconnect(other.id(), "test");
        }
        pass(20);

        assertEquals(3, node.operations.snapshot().outbound());
        assertEquals(3, node.connected());
    }

    @Test
    void shouldPreferRegionsItIsNotConnectedTo() {
        AddressBook book = new AddressBook();
        book.at(PeerAddress.tcp("10.1.0.1", 1));

        assertEquals(Links.region(book.at(PeerAddress.tcp("10.1.0.1", 1))),
                Links.region(book.at(PeerAddress.tcp("10.1.200.9", 2))));
        assertFalse(Links.region(book.at(PeerAddress.tcp("10.1.0.1", 1)))
                .equals(Links.region(book.at(PeerAddress.tcp("10.2.0.1", 1)))));
        assertEquals("some.name", Links.region(book.at(PeerAddress.tcp("some.name", 1))));
    }

    @Test
    void shouldFindItsPeersAgainAfterARestart() {
        TestNode other = node(2).start();
        TestNode node = node(1).start();
        node.operations.connect(other.address());
        pass(1);
        assertEquals(1, node.connected());
        node.core.stop();
        pass(3);

        TestNode restarted = node(1).start();
        pass(1);

        assertEquals(1, restarted.connected());
        assertFalse(restarted.operations.peers().get(0).configured());
    }

    @Test
    void shouldSetAnUnreadableBookAside() throws Exception {
        Path folder = Files.createDirectories(state.resolve("n1"));
        Files.write(folder.resolve("book"), new byte[] {1, 2, 3});

        TestNode node = node(1).start();
        pass(1);

        assertTrue(Files.exists(folder.resolve("book.unreadable")));
        assertTrue(node.log.get(0).startsWith("The address book is damaged: 0 records are whole"), node.log.get(0));
    }

    @Test
    void shouldUseWhatIsWholeOfADamagedBookAndKeepTheFile() throws Exception {
        TestNode other = node(2).start();
        TestNode node = node(1).start();
        node.operations.connect(other.address());
        pass(1);
        node.core.stop();
        pass(3);
        Path book = state.resolve("n1").resolve("book");
        byte[] damaged = Arrays.copyOf(Files.readAllBytes(book), (int) Files.size(book) - 4);
        Files.write(book, damaged);

        TestNode restarted = node(1).start();
        pass(1);

        assertEquals(1, restarted.connected());
        assertArrayEquals(damaged, Files.readAllBytes(book.resolveSibling("book.unreadable")));
        restarted.core.stop();
        pass(3);
        assertTrue(Files.exists(book), "what was whole is saved again");
    }

    @Test
    void shouldSaveTheBookWhenTheDiskWorksAgainAndSayOnceThatItDidNot() throws Exception {
        TestNode other = node(2).start();
        TestNode node = node(1).start();
        pass(1);
        Path inTheWay = Files.createDirectories(state.resolve("n1").resolve("book").resolve("in-the-way"));
        node.operations.connect(other.address());
        pass(200);
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());

        pass(100);

        assertTrue(Files.size(inTheWay.getParent()) > 0);
        assertEquals(1, node.log.stream().filter(line -> line.startsWith("The address book cannot be saved: ")).count(),
                node.log::toString);
    }

    @Test
    void shouldForgetHopelessAndOldestAddresses() {
        AddressBook book = new AddressBook();
        List<BookFile.Entry> entries = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            entries.add(new BookFile.Entry(PeerAddress.tcp("10.0.0." + i, 9700), Peers.peer(i), i, i == 5 ? 10 : 0, 0,
                    null, 0, false, Nearness.WORLD));
        }
        book.restore(entries, 100);

        book.prune(Duration.ofHours(24).toMillis() + 5, 100);
        boolean hopelessLeft = book.find(PeerAddress.tcp("10.0.0.5", 9700)).isPresent();
        book.prune(0, 4);

        assertFalse(hopelessLeft);
        assertEquals(4, book.all().size());
        assertTrue(book.find(PeerAddress.tcp("10.0.0.10", 9700)).isPresent());
    }
}
