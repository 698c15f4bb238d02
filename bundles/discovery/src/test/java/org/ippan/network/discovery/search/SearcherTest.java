// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.discovery.FindingRefusal;
import org.ippan.network.api.peers.PeerDiscovery;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

class SearcherTest {

    private static final Rules RULES = new Rules(3, false, true);

    private final ManualScheduler time = new ManualScheduler();
    private final List<String> log = new ArrayList<>();
    private final RefusalCounts tally = new RefusalCounts();
    private final Searcher searcher = new Searcher("test", tally, time, time, log::add, log::add);
    private final RecordingFound found = new RecordingFound();
    private final FakeSource source = new FakeSource();

    /** Sees what a test puts into it. */
    private static final class FakeSource implements Source {

        private List<String> seen = List.of();
        private List<byte[]> records = List.of();
        private String error = "";
        private boolean fails;
        private boolean breaks;
        private boolean closed;
        private Source followed;
        private long seconds = 60;
        private int looks;

        @Override
        public Sighting look() throws IOException {
            looks++;
            if (breaks) {
                throw new ClassCastException("EmptyRecord");
            }
            if (fails) {
                throw new IOException(error);
            }
            return new Sighting(seen.stream().map(Candidate::parse).toList(), records, error, seconds);
        }

        @Override
        public void follow(Source before) {
            assertEquals(0, looks, "before the first look");
            followed = before;
        }

        @Override
        public long refreshSeconds() {
            return 60;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private PeerDiscovery.Search begin(String... addresses) {
        PeerDiscovery.Search search = searcher.discover(found);
        searcher.search(source, RULES);
        see(addresses);
        return search;
    }

    private void see(String... addresses) {
        source.seen = List.of(addresses);
        pass(60);
    }

    private void pass(long seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    @Test
    void shouldTellWhatCameAndWhatWent() {
        begin("192.0.2.1:1", "192.0.2.2:1");
        assertEquals(List.of("+192.0.2.1:1", "+192.0.2.2:1"), found.news());

        see("192.0.2.2:1", "192.0.2.3:1");

        assertEquals(List.of("-192.0.2.1:1", "+192.0.2.3:1"), found.news());
        assertEquals(2, searcher.snapshot().found());
    }

    @Test
    void shouldTellAgainWhenThePinChanges() {
        begin("192.0.2.1:1#" + Peers.peer(1));

        see("192.0.2.1:1#" + Peers.peer(2));

        assertEquals(List.of("+192.0.2.1:1#" + Peers.peer(1).shortForm(), "+192.0.2.1:1#"
                + Peers.peer(2).shortForm()), found.news());
    }

    @Test
    void shouldTellALateListenerWhatIsKnown() {
        begin("192.0.2.1:1");
        RecordingFound late = new RecordingFound();

        searcher.discover(late);
        pass(0);

        assertEquals(List.of("+192.0.2.1:1"), late.news());
    }

    @Test
    void shouldTellNothingMoreToAListenerThatHasGone() {
        PeerDiscovery.Search search = begin("192.0.2.1:1");
        found.news();

        search.close();
        see("192.0.2.2:1");

        assertEquals(List.of(), found.news());
    }

    @Test
    void shouldKeepWhatIsKnownWhileLooksFailAndLogItOnce() {
        begin("192.0.2.1:1");
        found.news();
        source.fails = true;
        source.error = "no answer";

        pass(600);
        assertEquals(List.of(), found.news());
        assertEquals("no answer", searcher.snapshot().lastError());
        assertTrue(searcher.snapshot().failuresInARow() > 3);
        assertEquals(1, log.size(), log.toString());
        source.fails = false;
        source.error = "";
        see("192.0.2.1:1");

        assertEquals(2, log.size(), log.toString());
        assertEquals("", searcher.snapshot().lastError());
        assertEquals(0, searcher.snapshot().failuresInARow());
    }

    /** How often it changes is up to a server, or to a program that writes a file. */
    @Test
    void shouldLogLittleOfASourceThatFailsNowAndThenAndHowItIsInTheEnd() {
        begin("192.0.2.1:1");
        source.seconds = 1;
        for (int i = 0; i < 1000; i++) {
            source.fails = !source.fails;
            source.error = source.fails ? "no answer" : "";
            pass(6);
        }
        assertTrue(log.size() > 10 && log.size() < 150, log.size() + " lines in 100 minutes");
        source.fails = true;
        source.error = "no answer";

        pass(3600);

        assertTrue(log.get(log.size() - 1).contains("Discovery failed"), log.get(log.size() - 1));
    }

    @Test
    void shouldSearchOnAfterAFailureThatNobodyForesaw() {
        begin("192.0.2.1:1");
        found.news();
        source.breaks = true;
        pass(60);
        assertTrue(searcher.snapshot().lastError().contains("EmptyRecord"), searcher.snapshot().lastError());
        source.breaks = false;

        see("192.0.2.2:1");

        assertEquals(List.of("-192.0.2.1:1", "+192.0.2.2:1"), found.news());
        assertEquals("", searcher.snapshot().lastError());
    }

    @Test
    void shouldLookAgainSoonAfterAFailureAndThenLessAndLessOften() {
        source.fails = true;
        source.error = "no answer";
        searcher.search(source, RULES);
        List<Integer> looks = new ArrayList<>();
        for (int seconds : new int[] {0, 5, 10, 20, 40, 60, 60}) {
            pass(seconds);
            looks.add(source.looks);
        }

        assertEquals(List.of(1, 2, 3, 4, 5, 6, 7), looks);
    }

    @Test
    void shouldTellNoMoreThanItMayAndKeepThoseItToldBefore() {
        begin("192.0.2.1:1", "192.0.2.2:1", "192.0.2.3:1");
        found.news();

        see(IntStream.rangeClosed(0, 200).mapToObj(i -> "192.0.2." + (200 - i) + ":1").toArray(String[]::new));

        assertEquals(List.of(), found.news());
        assertEquals(198, searcher.snapshot().refused().get(FindingRefusal.TOO_MANY));
    }

    @Test
    void shouldCountWhatItMayNotTell() {
        begin("127.0.0.1:1", "224.0.0.1:1", "10.0.0.1:1");

        assertEquals(List.of("+10.0.0.1:1"), found.news());
        Map<FindingRefusal, Long> refused = searcher.snapshot().refused();
        assertEquals(1, refused.get(FindingRefusal.LOOPBACK));
        assertEquals(1, refused.get(FindingRefusal.UNREACHABLE));
    }

    @Test
    void shouldPassOnRecordsUpToItsLimit() {
        source.records = IntStream.range(0, 5).mapToObj(i -> new byte[] {(byte) i}).toList();
        begin();

        assertEquals(0, found.records.size() % 3);
        assertTrue(searcher.snapshot().refused().get(FindingRefusal.TOO_MANY) >= 2);
    }

    @Test
    void shouldCountWhatItMayNotTellOfRecordsOnce() {
        found.held.add(PeerAddress.parse("127.0.0.1:1"));
        source.records = List.of(new byte[] {1});
        begin();
        pass(600);

        assertEquals(1, searcher.snapshot().refused().get(FindingRefusal.LOOPBACK));
    }

    @Test
    void shouldForgetWhatAnotherSourceFoundAndCloseIt() {
        begin("192.0.2.1:1");
        found.news();

        searcher.search(Source.NONE, RULES);
        pass(0);

        assertEquals(List.of("-192.0.2.1:1"), found.news());
        assertTrue(source.closed);
        assertFalse(searcher.snapshot().enabled());
    }

    /** Settings may change twice before there is a look. */
    @Test
    void shouldLetASourceTakeOverWhatTheOneLookedAtBeforeRemembers() {
        begin("192.0.2.1:1");
        FakeSource never = new FakeSource();
        FakeSource next = new FakeSource();

        searcher.search(never, RULES);
        searcher.search(next, RULES);
        pass(0);

        assertEquals(source, next.followed);
        assertEquals(0, never.looks);
    }

    @Test
    void shouldForgetAtOnceWhatNewRulesRefuseThoughTheSourceFails() {
        begin("10.0.0.1:1", "192.0.2.1:1");
        found.news();
        source.fails = true;
        source.error = "no answer";

        searcher.search(source, new Rules(3, false, false));
        pass(0);

        assertEquals(List.of("-10.0.0.1:1"), found.news());
    }

    @Test
    void shouldLookNoMoreOnceItIsClosed() {
        begin("192.0.2.1:1");
        int looks = source.looks;

        searcher.close();
        pass(600);

        assertEquals(looks, source.looks);
        assertTrue(source.closed);
    }
}
