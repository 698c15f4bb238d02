// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.peers.address.AddressRecord;
import org.ippan.network.peers.address.Nearness;
import org.ippan.network.peers.book.AddressBook;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.rule.SharedTable;
import org.junit.jupiter.api.Test;

/** What strangers say of themselves displaces nothing that this node found out by dials. */
class ClaimsTest extends Simulation {

    private static final int BOOK = 40;
    private static final int STRANGERS = 200;

    private final List<TestNode> honest = new ArrayList<>();
    private TestNode node;

    private void dialHonestPeers() {
        node = node(1).set("exemptNets", List.of()).set("maxBook", BOOK).start();
        for (int i = 0; i < BOOK / 2; i++) {
            TestNode peer = node(1000 + i, "10.9." + i + ".1").set("exchange", false).start();
            honest.add(peer);
            node.operations.connect(peer.address());
        }
        pass(2);
    }

    /** Each says hello from an address of its own, and leaves. */
    private void strangersCome(int count, String net) {
        for (int i = 0; i < count; i++) {
            RawPeer stranger = raw(5000 + i, net + i / 200 + "." + (1 + i % 200)).dial(node.address());
            pass(0.2);
            stranger.connection.close(null);
            pass(0.1);
        }
    }

    private boolean knows(PeerAddress address) {
        return node.core.book().find(address).isPresent();
    }

    @Test
    void shouldKeepEveryAddressItDialledWhateverStrangersClaim() {
        dialHonestPeers();
        honest.forEach(peer -> peer.core.stop());
        pass(5);

        strangersCome(STRANGERS, "172.30.");
        pass(30);

        assertEquals(List.of(), honest.stream().filter(peer -> !knows(peer.address())).toList());
        assertTrue(node.core.book().all().size() <= BOOK, node.core.book().all()::toString);
    }

    @Test
    void shouldKeepWhatWasDialledAlsoOverARestart() {
        dialHonestPeers();
        honest.forEach(peer -> peer.core.stop());
        pass(5);
        node.core.stop();
        pass(3);
        node = node(1).set("exemptNets", List.of()).set("maxBook", BOOK).start();
        pass(1);

        strangersCome(STRANGERS, "172.30.");
        pass(30);

        assertEquals(List.of(), honest.stream().filter(peer -> !knows(peer.address())).toList());
    }

    /** What is claimed and what is told, by peers of different addresses. */
    @Test
    void shouldKeepTheRuleOfShares() {
        SharedTable.check(() -> new Book(new AddressBook()), BOOK);
    }

    /** The book, filled by what peers say of themselves. */
    private record Book(AddressBook addresses) implements SharedTable {

        private boolean claim(int stranger, int port) {
            PeerAddress address = PeerAddress.tcp("172.30.0." + stranger, port);
            addresses.claimed(address, Peers.peer(100L * stranger + port), port, BOOK, false);
            addresses.prune(0, BOOK);
            return addresses.find(address).isPresent();
        }

        @Override
        public void fill(int stranger) {
            for (int port = 1; port <= 2 * BOOK; port++) {
                claim(stranger, port);
            }
        }

        @Override
        public boolean serves(int stranger) {
            return claim(stranger, 4 * BOOK);
        }

        @Override
        public boolean servesDialled() {
            PeerAddress dialled = PeerAddress.tcp("192.0.2.7", 1);
            addresses.learn(dialled, Peers.peer(1), 1).prove();
            fill(BOOK + 1);
            return addresses.find(dialled).isPresent();
        }
    }

    /** Else the first strangers that tell of many would keep out what all others tell for a day. */
    @Test
    void shouldKeepTheRuleOfSharesForWhatPeersTellOfOthers() {
        SharedTable.check(() -> new ToldBook(new AddressBook()), BOOK);
    }

    /** The book, filled by what peers tell of others. */
    private record ToldBook(AddressBook addresses) implements SharedTable {

        private static final int EACH = 100;

        private boolean tell(int teller, int number) {
            int peer = EACH * teller + number;
            PeerAddress address = PeerAddress.tcp("172.30." + teller + "." + number, 1);
            return addresses.told(address, new AddressRecord(new byte[0], Peers.peer(peer), peer, List.of()),
                    Peers.peer(EACH * EACH + teller), Nearness.WORLD, EACH) == null;
        }

        @Override
        public void fill(int stranger) {
            for (int number = 1; number < EACH; number++) {
                tell(stranger, number);
            }
        }

        @Override
        public boolean serves(int stranger) {
            return tell(stranger, 1) && addresses.all().size() <= EACH;
        }

        @Override
        public boolean servesDialled() {
            return tell(BOOK + 1, 1) && addresses.all().size() <= EACH;
        }
    }

    @Test
    void shouldForgetClaimsBeforeWhatWasDialledWhenTheBookShrinks() {
        AddressBook book = new AddressBook();
        PeerAddress dialled = PeerAddress.tcp("192.0.2.7", 1);
        book.learn(dialled, Peers.peer(1), 1).prove();
        for (int i = 1; i <= 10; i++) {
            book.claimed(PeerAddress.tcp("172.30.0." + i, 1), Peers.peer(100 + i), 100 + i, BOOK, false);
        }

        book.prune(200, 3);

        assertEquals(3, book.all().size());
        assertTrue(book.find(dialled).isPresent());
    }

    @Test
    void shouldTakeFewClaimsOfOneHost() {
        node = node(1).set("exemptNets", List.of()).start();
        for (int port = 1; port <= 20; port++) {
            node.core.book().claimed(PeerAddress.tcp("172.30.0.1", port), Peers.peer(port), port, BOOK, false);
        }

        assertEquals(4, node.core.book().all().size());
        assertTrue(knows(PeerAddress.tcp("172.30.0.1", 20)));
        assertFalse(knows(PeerAddress.tcp("172.30.0.1", 1)));
    }
}
