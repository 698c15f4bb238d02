// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.regex.Pattern;
import org.ippan.network.api.PeerAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names that stand for several addresses, of which some lead nowhere. */
final class NamesTest {

    private static final String NAME = "paris.test";
    private static final String LEADS_NOWHERE = "127.0.0.9";

    private final TestNode alice = new TestNode("handshakeTimeoutSeconds", 1);
    private final TestNode bob = new TestNode();
    private PeerAddress paris;

    @BeforeEach
    void listen() {
        bob.listen();
        paris = PeerAddress.tcp(NAME, bob.address().port());
    }

    @AfterEach
    void stop() {
        alice.close();
        bob.close();
    }

    private void parisIs(String... ips) {
        alice.hosts.put(NAME, List.of(ips));
    }

    @Test
    void shouldTryTheNextAddressWhereThePeerDoesNotListenAtTheFirst() {
        parisIs(LEADS_NOWHERE, "127.0.0.8", "127.0.0.1");

        Recorder dialled = alice.dial(paris).awaitOpened();

        assertEquals("127.0.0.1", dialled.connection.remoteIp().getHostAddress());
        assertEquals(paris, dialled.connection.remoteAddress());
        assertFalse(dialled.has("dialFailed"));
    }

    @Test
    void shouldTryTheOtherFamilyWhereTheFirstDoesNotAnswer() {
        parisIs("::1", "127.0.0.1");

        alice.dial(paris).awaitOpened();
    }

    @Test
    void shouldTryBothFamiliesInTurnAndTellWhyEachFailed() {
        parisIs("127.0.0.7", "127.0.0.8", LEADS_NOWHERE, "::1", "127.0.0.8");

        Recorder dialled = alice.dial(PeerAddress.tcp(NAME, 1)).awaitEvent("dialFailed");

        String told = dialled.events.get(0);
        assertTrue(Pattern.matches(".*127\\.0\\.0\\.7:1;.*:1]?:1;.*127\\.0\\.0\\.8:1;.*127\\.0\\.0\\.9:1", told), told);
        assertEquals(1, dialled.events.size());
    }

    @Test
    void shouldTryTheNextAddressWhereSomethingElseListens() throws IOException {
        try (ServerSocket silent = new ServerSocket(paris.port(), 1, InetAddress.getByName(LEADS_NOWHERE))) {
            parisIs(LEADS_NOWHERE, "127.0.0.1");

            Recorder dialled = alice.dial(paris).awaitOpened();

            assertEquals(LEADS_NOWHERE, silent.getInetAddress().getHostAddress());
            assertFalse(dialled.has("dialFailed"));
        }
    }

    /** One of the addresses is this node's own, say, as where a cluster has one name for all its nodes. */
    @Test
    void shouldBeginWithTheNextAddressWhereTheLastOneLedToNoPeer() throws InterruptedException {
        try (TestNode carol = new TestNode("listenAddress", LEADS_NOWHERE + ":" + paris.port())) {
            carol.listen();
            carol.address();
            parisIs(LEADS_NOWHERE, "127.0.0.1");
            Recorder unwanted = new Recorder();
            unwanted.onOpened = opened -> opened.close(null);
            alice.transport.connect(paris, unwanted);
            unwanted.awaitEvent("closed");

            alice.dial(paris).awaitOpened();
            bob.nextAccepted().awaitOpened();
            alice.dial(paris).awaitOpened();

            bob.nextAccepted().awaitOpened();
        }
    }

    /** Whatever it led to when it was told: who owns a name may change that at any moment. */
    @Test
    void shouldSendNothingWhereTheNameMayNotLead() throws IOException {
        try (ServerSocket inside = new ServerSocket(0, 1, InetAddress.getByName(LEADS_NOWHERE))) {
            inside.setSoTimeout(200);
            parisIs(LEADS_NOWHERE);
            alice.webSocket("enabled", true);
            for (String scheme : List.of("tcp", "ws", "wss")) {
                Recorder dialled = notTo(LEADS_NOWHERE);

                alice.transport.connect(new PeerAddress(scheme, NAME, inside.getLocalPort(), ""), dialled);

                dialled.awaitEvent("dialFailed paris.test leads to 127.0.0.9, where who told of it may not lead this"
                        + " node");
            }
            assertThrows(SocketTimeoutException.class, inside::accept);
        }
    }

    /** The dial ends, its owner is told why, and the log names whose code failed. */
    @Test
    void shouldEndADialWhoseOwnerThrowsAndNameIt() {
        parisIs(LEADS_NOWHERE, "127.0.0.8");
        for (int dial = 0; dial < 3; dial++) {
            Recorder dialled = new Recorder();
            dialled.mayLeadTo = any -> {
                throw new IllegalStateException("cannot say");
            };

            alice.transport.connect(paris, dialled);

            dialled.awaitEvent("dialFailed its owner failed to say whether it may lead to 127.0.0.9; its owner failed"
                    + " to say whether it may lead to 127.0.0.8");
        }
        assertEquals(List.of("The connection handler " + Recorder.class.getName() + " failed; the node goes on:"
                + " java.lang.IllegalStateException: cannot say"), alice.log);
    }

    @Test
    void shouldTakeThoseAddressesWhereTheNameMayLead() {
        parisIs(LEADS_NOWHERE, "127.0.0.1");
        Recorder dialled = notTo(LEADS_NOWHERE);

        alice.transport.connect(paris, dialled);

        assertEquals("127.0.0.1", dialled.awaitOpened().connection.remoteIp().getHostAddress());
    }

    private static Recorder notTo(String ip) {
        Recorder recorder = new Recorder();
        recorder.mayLeadTo = other -> !other.getHostAddress().equals(ip);
        return recorder;
    }

    @Test
    void shouldLookTheNameUpAtEachDial() {
        parisIs(LEADS_NOWHERE);
        alice.dial(paris).awaitEvent("dialFailed Connection refused");

        parisIs("127.0.0.1");

        alice.dial(paris).awaitOpened();
        assertEquals(List.of(NAME, NAME), alice.lookedUp);
    }

    @Test
    void shouldKeepTheZoneOfALinkLocalAddress() {
        alice.dial(PeerAddress.parse("[fe80::1%no-such_Interface0]:9700"))
                .awaitEvent("dialFailed this machine has no interface as in fe80::1%no-such_Interface0");

        assertEquals(List.of("fe80::1%no-such_Interface0"), alice.lookedUp);
    }

    @Test
    void shouldListenAtTheNextAddressOfItsNameWhereTheFirstIsNotThisMachines() {
        bob.hosts.put("bob.test", List.of("192.0.2.1", "127.0.0.1"));

        bob.change("listenAddress", "bob.test:0");

        assertEquals("bob.test", bob.address().host());
        assertEquals(List.of(), bob.log);
    }
}
