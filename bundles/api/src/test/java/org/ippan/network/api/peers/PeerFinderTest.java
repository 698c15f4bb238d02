// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.reputation.Standing;
import org.junit.jupiter.api.Test;

/** Who is meant by what an operator wrote. */
class PeerFinderTest {

    private static final PeerId ID = PeerId.parse("2f1c9a3e" + "07".repeat(28));
    private static final PeerId JUDGED = PeerId.parse("abababab" + "01".repeat(28));
    private static final PeerId SELF = PeerId.parse("5e1f5e1f" + "09".repeat(28));
    private static final ReputationScore BAD = new ReputationScore(-500, Standing.BANNED);
    private static final Peer PARIS = peer(ID, "paris", "10.0.0.12:9700");
    private static final Peer ROME = peer(null, "rome", "10.0.0.13:9700");

    private static Peer peer(PeerId id, String alias, String address) {
        return new Peer(Optional.ofNullable(id), alias, PeerAddress.parse(address), true, Direction.NONE, false,
                Optional.empty(), Optional.empty(), Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, "", "",
                CircuitState.CLOSED, EndCause.NONE, "", Optional.empty(), 0, 0, ReputationScore.NEUTRAL,
                PeerHealth.UNKNOWN, PeerState.WAITING);
    }

    /** A service that answers each of its methods with the same. */
    private static <T> T answering(Class<T> type, Map<String, ?> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }

    private static PeerFinder finder(Peer... known) {
        return new PeerFinder(Optional.of(answering(PeerDirectory.class, Map.of("peers", List.of(known), "localId",
                Optional.of(SELF)))),
                Optional.of(answering(ReputationManager.class, Map.of("peers", List.of(JUDGED), "score", BAD))));
    }

    private static String refusal(PeerFinder finder, String who) {
        return assertThrows(IllegalArgumentException.class, () -> finder.find(who)).getMessage();
    }

    @Test
    void shouldFindAPeerByAliasAddressAndDigitsOfItsId() {
        for (String who : List.of("paris", "10.0.0.12:9700", "2f1c9a3e", "2F1C9A3E07", " paris ", ID.toString())) {
            assertEquals(PARIS, finder(PARIS, ROME).find(who), who);
            assertEquals(ID, finder(PARIS, ROME).id(who), who);
        }
    }

    @Test
    void shouldFindAPeerHoweverItsAddressIsWritten() {
        Peer lyon = peer(null, "lyon", "lyon.example.org:9700");
        Peer loopback = peer(null, "here", "[::1]:9700");

        assertEquals(lyon, finder(lyon, loopback).find("Lyon.Example.ORG:9700"));
        assertEquals(loopback, finder(lyon, loopback).find("[0:0:0:0:0:0:0:1]:9700"));
        assertEquals("no peer is known as ':'", refusal(finder(lyon), ":").split(";")[0]);
    }

    @Test
    void shouldFindWhoIsOnlyJudgedAndWhoIsAStranger() {
        PeerId stranger = PeerId.parse("12".repeat(32));

        assertEquals(BAD, finder(PARIS).find("abababab").score());
        assertEquals(JUDGED, finder(PARIS).id("abababab"));
        assertEquals(stranger, finder(PARIS).id(stranger.toString()));
        assertEquals(stranger, new PeerFinder(Optional.empty(), Optional.empty()).id(stranger.toString()));
        assertThrows(IllegalArgumentException.class, () -> finder(PARIS).find("x".repeat(64)));
    }

    @Test
    void shouldSayWhoCouldBeMeant() {
        assertEquals("no peer is known as 'berlin'; there are paris (2f1c9a3e), rome, abababab. Give an alias, an"
                + " address, or 8 or more digits of the id", refusal(finder(PARIS, ROME), "berlin"));
        assertEquals("no peer is known as '2f1c9a3'", refusal(finder(PARIS), "2f1c9a3").split(";")[0]);
        assertEquals("no peer is known as ''", refusal(finder(PARIS), " ").split(";")[0]);
        assertEquals("more than one peer is 'paris'; there are paris (2f1c9a3e), paris. Give an alias, an address, or 8"
                + " or more digits of the id", refusal(finder(PARIS, peer(null, "paris", "10.0.0.14:9700")), "paris"));
        assertEquals("no peer is known as 'x'; no peers are known. Give an alias, an address, or 8 or more digits of"
                + " the id", refusal(new PeerFinder(Optional.empty(), Optional.empty()), "x"));
    }

    @Test
    void shouldNameNoMoreThanTen() {
        Peer[] many = IntStream.rangeClosed(1, 12).mapToObj(i -> peer(null, "p" + i, "10.0.1." + i + ":9700"))
                .toArray(Peer[]::new);

        assertEquals("there are p1, p2, p3, p4, p5, p6, p7, p8, p9, p10 and 3 more",
                refusal(finder(many), "x").split("; |\\. ")[1]);
    }

    @Test
    void shouldGiveNoIdThatNobodyKnowsAndNoAddressThatNobodyKnows() {
        assertEquals("no peer has answered at rome yet, so it has no id", assertThrows(IllegalArgumentException.class,
                () -> finder(ROME).id("rome")).getMessage());
        assertEquals("no address of abababab is known", assertThrows(IllegalArgumentException.class,
                () -> finder(ROME).address("abababab")).getMessage());
    }

    @Test
    void shouldTakeAnyAddressAndThatOfAPeer() {
        assertEquals(PeerAddress.parse("10.9.9.9:9700"), finder(PARIS).address("10.9.9.9:9700"));
        assertEquals(PARIS.address(), finder(PARIS).address("paris"));
        assertEquals(PARIS.address(), finder(PARIS).address("2f1c9a3e"));
    }

    @Test
    void shouldCallAPeerByWhatIsKnownOfIt() {
        assertEquals(List.of("paris (2f1c9a3e)", "rome", "2f1c9a3e", "10.0.0.12:9700"), List.of(PARIS.name(),
                ROME.name(), peer(ID, "", "10.0.0.12:9700").name(), peer(null, "", "10.0.0.12:9700").name()));
    }

    @Test
    void shouldNotTakeTheNodeItselfForAPeer() {
        for (String who : List.of(SELF.toString(), "5e1f5e1f", "5E1F5E1F09")) {
            assertEquals(who + " is this node itself, which is no peer of its own; there are paris (2f1c9a3e),"
                    + " abababab. Give an alias, an address, or 8 or more digits of the id",
                    refusal(finder(PARIS), who));
        }
        assertEquals("no peer is known as '5e1f5e1'", refusal(finder(PARIS), "5e1f5e1").split(";")[0]);
    }
}
