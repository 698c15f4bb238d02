// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.state.RecordFile;
import org.ippan.network.peers.address.Nearness;
import org.ippan.network.peers.book.BookFile;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** An address book of records that make no sense. */
class HostileBookTest {

    @Test
    void shouldReadWhatMakesSenseOfAHostileBook() {
        RecordFile hostile = new RecordFile("ippan-book/2");
        Stream.of("tcp://10.0.0.1:9700\t" + Peers.alice() + "\t5\t0\t0\t-\t0\tfalse",
                "tcp://10.0.0.1:0\t" + Peers.alice() + "\t5\t0\t0\t-\t0\tfalse",
                "tcp://10.0.0.2:9700\tnobody\t5\t0\t0\t-\t0\tfalse",
                "tcp://10.0.0.3:9700\t" + Peers.alice() + "\t-5\t0\t0\t-\t0\tfalse",
                "tcp://10.0.0.4:9700\t" + Peers.alice() + "\t99999999999999999999\t0\t0\t-\t0\tfalse",
                "\n\t\t\t\t", "x".repeat(10_000),
                "tcp://10.0.0.5:9700\t" + Peers.bob() + "\t6\t2\t7\t-\t0\tfalse",
                "tcp://10.0.0.6:9700\t" + Peers.bob() + "\t0\t0\t0\t-\t9\tfalse",
                "tcp://10.0.0.7:9700\t" + Peers.bob() + "\t0\t0\t0\t" + Peers.carol() + "\t9\tfalse\tSITE",
                "tcp://10.0.0.8:9700\t" + Peers.bob() + "\t6\t2\t7\t-\t0\tfalse\tNOWHERE")
                .forEach(line -> hostile.add('A', line.getBytes(StandardCharsets.UTF_8)));

        List<BookFile.Entry> entries = new ArrayList<>();
        assertTrue(BookFile.decode(hostile.finish(), 100, entries).damaged());

        assertEquals(List.of(
                new BookFile.Entry(PeerAddress.tcp("10.0.0.1", 9700), Peers.alice(), 5, 0, 0, null, 0, false,
                        Nearness.MACHINE),
                new BookFile.Entry(PeerAddress.tcp("10.0.0.5", 9700), Peers.bob(), 6, 2, 7, null, 0, false,
                        Nearness.MACHINE),
                new BookFile.Entry(PeerAddress.tcp("10.0.0.7", 9700), Peers.bob(), 0, 0, 0, Peers.carol(), 9, false,
                        Nearness.SITE)),
                entries);
        List<BookFile.Entry> again = new ArrayList<>();
        assertFalse(BookFile.decode(BookFile.encode(entries), 100, again).damaged());
        assertEquals(entries, again);
    }

    /** A proxy may want a token in the path. */
    @Test
    void shouldLeaveOutAddressesThatItWouldNotReadAgain() {
        List<BookFile.Entry> entries = new ArrayList<>();
        for (int length : new int[] {1, 500, 70_000}) {
            PeerAddress address = PeerAddress.parse("wss://host:1/" + "x".repeat(length));
            entries.add(new BookFile.Entry(address, Peers.bob(), 6, 0, 0, null, 0, true, Nearness.WORLD));
        }

        List<BookFile.Entry> again = new ArrayList<>();
        assertFalse(BookFile.decode(BookFile.encode(entries), 100, again).damaged());
        assertEquals(entries.subList(0, 1), again);
    }
}
