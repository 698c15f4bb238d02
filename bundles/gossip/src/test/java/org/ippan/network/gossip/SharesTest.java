// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.model.Room;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.rule.SharedTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rule of shares for the tables of gossip: what peers can take, and what is left for others. */
class SharesTest {

    private static final int MANY = 64;

    /** The tables. */
    private enum Table {
        WANTED_IDS(WantedIds::new), VALIDATION_ROOM(ValidationRoom::new), DIGESTS(Digests::new);

        private final Supplier<SharedTable> fresh;

        Table(Supplier<SharedTable> fresh) {
            this.fresh = fresh;
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeFilledByNoneAndKeepRoomForDialledPeers(Table table) {
        SharedTable.check(table.fresh, MANY);
    }

    /** A link with nothing there comes before those that filled it, as soon as one message leaves. */
    @Test
    void shouldGiveTheNextPlaceInTheValidationRoomToAnotherStrangerHoweverManyFilledIt() {
        ValidationRoom room = new ValidationRoom();
        for (int i = 0; i < MANY; i++) {
            room.fill(i);
        }
        int waiting = room.room.messages();

        room.stranger(0).giveBack(ValidationRoom.COST);

        assertFalse(room.serves(0));
        assertTrue(room.serves(MANY));
        assertEquals(waiting, room.room.messages());
        assertTrue(waiting <= 1024 * 3 / 4, waiting + " messages");
    }

    @Test
    void shouldAskWhatAnotherStrangerAnnouncesHoweverManyFillTheTable() {
        WantedIds wanted = new WantedIds();
        for (int i = 0; i < 20; i++) {
            wanted.fill(i);
        }

        assertTrue(wanted.serves(20));
    }

    /** A stranger that announces without end and serves nothing loses points, and honest ones that lose frames none. */
    @Test
    void shouldCostPointsToAnnounceAndNotServe() {
        WantedIds wanted = new WantedIds();

        for (int second = 0; second < 60; second++) {
            wanted.announce(wanted.stranger(0), 1000);
            wanted.time.advance(Duration.ofSeconds(1));
        }

        int score = wanted.node.reputation.score(Peers.peer(10)).value();
        assertTrue(score <= -30 && score >= -60, "score " + score);
    }

    @Test
    void shouldCostNothingWhereMostOfWhatIsServedIsLost() {
        ManualScheduler time = new ManualScheduler();
        FakeNode node = new FakeNode(time, 1);
        FakeNode honest = new FakeNode(time, 2);
        FakeLink link = node.connect(honest);
        int[] sent = new int[1];
        link.other.lossy = frame -> frame.type() == FrameType.GOSSIP && sent[0]++ % 4 != 0;
        link.other.give(ControlCodec.pruneFor(60));
        for (int i = 0; i < 3000; i++) {
            honest.publish("m" + i);
            time.advance(Duration.ofMillis(10));
        }

        assertTrue(sent[0] > 100 && node.received.size() < sent[0] / 2, sent[0] + " sent");
        assertEquals(node.received.size(), node.reputation.score(honest.id).value());
    }

    /** Ids announced and not yet received. */
    private static final class WantedIds implements SharedTable {

        /** More thousands than half of the table, which two may fill, and than the share of others. */
        private static final int MOST = 33;
        private static final int OTHERS = 9;

        private final ManualScheduler time = new ManualScheduler();
        private final FakeNode node = new FakeNode(time, 1);
        private final Map<Integer, FakeLink> strangers = new TreeMap<>();
        private int announced;

        private FakeLink stranger(int number) {
            return strangers.computeIfAbsent(number, any -> {
                FakeNode peer = new FakeNode(time, 10 + number);
                peer.connect(node).lossy = frame -> true;
                return node.links.get(node.links.size() - 1);
            });
        }

        private MessageId announce(FakeLink link, int count) {
            List<Announcement> announcements = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                announcements.add(new Announcement(Peers.messageId(announced++), 1000, 0));
            }
            link.give(FrameType.IHAVE, 0, ByteBuffer.wrap(ControlCodec.ihave(announcements).body()));
            return announcements.get(0).toId();
        }

        @Override
        public void fill(int stranger) {
            for (int round = 0; round < (stranger < 2 ? MOST : OTHERS); round++) {
                announce(stranger(stranger), 1000);
            }
            time.runDue();
        }

        @Override
        public boolean serves(int stranger) {
            return isAsked(stranger(stranger));
        }

        @Override
        public boolean servesDialled() {
            FakeNode peer = new FakeNode(time, 5);
            FakeLink link = node.connect(peer);
            link.other.lossy = frame -> true;
            return isAsked(link);
        }

        /** Whether the peer is asked within 2 s for what it announces. */
        private boolean isAsked(FakeLink link) {
            time.advance(Duration.ofMillis(10));
            announce(link, 1);
            link.carried.clear();
            time.advance(Duration.ofSeconds(2));
            return link.carried(FrameType.IWANT) + link.carried(FrameType.GRAFT) > 0;
        }
    }

    /** Messages that wait to be validated. */
    private static final class ValidationRoom implements SharedTable {

        private static final int COST = 1000;

        private final Room room = new Room(() -> { });
        private final Map<Integer, Room.Share> strangers = new TreeMap<>();

        ValidationRoom() {
            room.resize(1024, 16 << 20);
        }

        private static boolean take(Room.Share share) {
            boolean admits = share.admits(COST);
            if (admits) {
                share.take(COST);
            }
            return admits;
        }

        private Room.Share stranger(int number) {
            return strangers.computeIfAbsent(number, any -> room.share(false));
        }

        @Override
        public void fill(int stranger) {
            while (take(stranger(stranger))) {
                continue;
            }
        }

        @Override
        public boolean serves(int stranger) {
            return take(stranger(stranger));
        }

        @Override
        public boolean servesDialled() {
            return take(room.share(true));
        }
    }

    /** What peers are told when they come: everything in the logs. */
    private static final class Digests implements SharedTable {

        private static final int MESSAGES = 2000;
        private static final int RECONNECTS = 50;

        private final ManualScheduler time = new ManualScheduler();
        private final FakeNode node = new FakeNode(time, 1);

        Digests() {
            node.connect(new FakeNode(time, 2));
            for (int i = 0; i < MESSAGES; i++) {
                node.publish("m" + i);
            }
            time.advance(Duration.ofSeconds(1));
        }

        private FakeLink come(int number, boolean dialled) {
            FakeLink link = new FakeLink(time, Peers.peer(number), dialled);
            link.other = new FakeLink(time, node.id, !dialled);
            link.other.other = link;
            link.receiver = node.core.linkUp(link, true);
            return link;
        }

        @Override
        public void fill(int stranger) {
            for (int i = 0; i < RECONNECTS; i++) {
                FakeLink link = come(10 + stranger, false);
                time.advance(Duration.ofMillis(10));
                link.receiver.down();
                link.receiver = null;
            }
        }

        @Override
        public boolean serves(int stranger) {
            return isTold(come(10 + stranger, false));
        }

        @Override
        public boolean servesDialled() {
            return isTold(come(5, true));
        }

        /** Whether a peer is told of everything within 2 s. */
        private boolean isTold(FakeLink link) {
            time.advance(Duration.ofSeconds(2));
            return link.carried.stream().filter(frame -> frame.type() == FrameType.IHAVE)
                    .mapToInt(frame -> ByteBuffer.wrap(frame.body()).getShort()).sum() >= MESSAGES;
        }
    }
}
