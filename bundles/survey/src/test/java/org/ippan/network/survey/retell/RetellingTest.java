// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.retell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** A node that joins is told what its neighbour knows, and nothing makes either of them work without end. */
class RetellingTest {

    private final ManualScheduler time = new ManualScheduler();
    private final List<Retold> heard = new ArrayList<>();
    private final List<Retold> there = new ArrayList<>();
    private final List<OutboundFrame> sent = new ArrayList<>();
    private boolean shares = true;
    private boolean dialled;
    private final Retelling retelling = new Retelling(new Retelling.Known() {
        @Override
        public boolean shares() {
            return shares;
        }

        @Override
        public List<Retold> records(PeerId asking) {
            assertEquals(Peers.bob(), asking);
            return List.copyOf(there);
        }

        @Override
        public void hear(PeerId from, Retold record) {
            assertEquals(Peers.bob(), from);
            heard.add(record);
        }
    }, time, time);

    private FrameReceiver link() {
        return retelling.linkUp((PeerLink) Proxy.newProxyInstance(PeerLink.class.getClassLoader(),
                new Class<?>[] {PeerLink.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "peer" -> Peers.bob();
                    case "dialled" -> dialled;
                    default -> sent.add((OutboundFrame) arguments[0]);
                }), true);
    }

    private long sent(FrameType type) {
        return sent.stream().filter(frame -> frame.type() == type).count();
    }

    private static ByteBuffer records(int count) {
        return ByteBuffer.wrap(StatusCodec.write(IntStream.range(0, count)
                .mapToObj(i -> new Retold(1000L + i, new byte[] {(byte) i})).toList()));
    }

    @Test
    void shouldAskNeighboursUntilOneAnswersAndNoMoreThanThree() throws ProtocolException {
        FrameReceiver first = link();
        assertEquals(1, sent(FrameType.STATUS_REQ));
        first.frame(FrameType.STATUS, 0, records(3));
        time.runDue();

        link();

        assertEquals(1, sent(FrameType.STATUS_REQ));
        assertEquals(List.of(1000L, 1001L, 1002L), heard.stream().map(Retold::ageMillis).toList());
        assertArrayEquals(new byte[] {2}, heard.get(2).record());
    }

    /** What was missed meanwhile would come with the next record of each node only. */
    @Test
    void shouldAskAgainAfterAllLinksWereLost() throws ProtocolException {
        FrameReceiver first = link();
        FrameReceiver second = link();
        first.frame(FrameType.STATUS, 0, records(3));
        first.down();
        link().down();
        assertEquals(2, sent(FrameType.STATUS_REQ));

        second.down();
        link();

        assertEquals(3, sent(FrameType.STATUS_REQ));
    }

    @Test
    void shouldGiveUpAfterThreeNeighboursThatKnowNothingOfIt() {
        for (int i = 0; i < 5; i++) {
            link();
        }

        assertEquals(3, sent(FrameType.STATUS_REQ));
    }

    @Test
    void shouldAnswerEachLinkOnceWithAFrameASecond() throws ProtocolException {
        FrameReceiver link = link();
        IntStream.range(0, 200).forEach(i -> there.add(new Retold(5, new byte[1000])));

        link.frame(FrameType.STATUS_REQ, 0, ByteBuffer.allocate(0));
        link.frame(FrameType.STATUS_REQ, 0, ByteBuffer.allocate(0));
        time.runDue();
        assertEquals(1, sent(FrameType.STATUS));
        time.advance(Duration.ofSeconds(10));

        List<OutboundFrame> frames = sent.stream().filter(frame -> frame.type() == FrameType.STATUS).toList();
        assertEquals(4, frames.size());
        assertTrue(frames.stream().allMatch(frame -> frame.body().length <= FrameType.EXTENSION_MAX));
        int records = 0;
        for (OutboundFrame frame : frames) {
            records += StatusCodec.read(ByteBuffer.wrap(frame.body())).size();
        }
        assertEquals(200, records);
    }

    /** Each of them may be the same peer again. */
    @Test
    void shouldAnswerFewASecondOfPeersThatOpenedTheirLinks() throws ProtocolException {
        there.add(new Retold(5, new byte[1000]));
        for (int i = 0; i < 100; i++) {
            link().frame(FrameType.STATUS_REQ, 0, ByteBuffer.allocate(0));
        }
        time.runDue();
        long atOnce = sent(FrameType.STATUS);
        dialled = true;
        link().frame(FrameType.STATUS_REQ, 0, ByteBuffer.allocate(0));
        time.runDue();
        long withADialledOne = sent(FrameType.STATUS);
        time.advance(Duration.ofSeconds(10));

        assertEquals(Retelling.INBOUND_ANSWERS, atOnce);
        assertEquals(atOnce + 1, withADialledOne);
        assertEquals(101, sent(FrameType.STATUS));
    }

    @Test
    void shouldTellAThousandNodesWithin15Seconds() throws ProtocolException {
        FrameReceiver link = link();
        IntStream.range(0, 1000).forEach(i -> there.add(new Retold(5, new byte[400])));
        link.frame(FrameType.STATUS_REQ, 0, ByteBuffer.allocate(0));
        time.advance(Duration.ofSeconds(14));

        int records = 0;
        for (OutboundFrame frame : sent.subList(1, sent.size())) {
            records += StatusCodec.read(ByteBuffer.wrap(frame.body())).size();
        }
        System.out.println("a joiner hears " + records + " of 1000 records within 14 s");
        assertTrue(records >= 950, records + " records");
    }

    @Test
    void shouldTellNothingToStrangersAndStopWithTheLink() throws ProtocolException {
        IntStream.range(0, 200).forEach(i -> there.add(new Retold(5, new byte[1000])));
        shares = false;
        link().frame(FrameType.STATUS_REQ, 0, ByteBuffer.allocate(0));
        time.runDue();
        assertEquals(0, sent(FrameType.STATUS));

        shares = true;
        FrameReceiver link = link();
        link.frame(FrameType.STATUS_REQ, 0, ByteBuffer.allocate(0));
        time.runDue();
        link.down();
        time.advance(Duration.ofSeconds(10));

        assertEquals(1, sent(FrameType.STATUS));
    }

    @Test
    void shouldIgnoreWhatItDidNotAskForAndMoreThanATableHolds() throws ProtocolException {
        FrameReceiver asked = link();
        asked.frame(FrameType.STATUS, 0, records(1));
        FrameReceiver other = link();
        other.frame(FrameType.STATUS, 0, records(1));
        for (int i = 0; i < 1000; i++) {
            asked.frame(FrameType.STATUS, 0, records(1));
        }
        time.runDue();

        assertEquals(64, heard.size());
    }

    @Test
    void shouldRefuseABodyThatIsCutShortAnywhere() {
        byte[] whole = records(1).array();

        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(ProtocolException.class, () -> StatusCodec.read(ByteBuffer.wrap(cut)));
        }
        assertThrows(ProtocolException.class, () -> StatusCodec.read(ByteBuffer.allocate(2000).putInt(1)
                .putShort((short) 1500).rewind()));
    }
}
