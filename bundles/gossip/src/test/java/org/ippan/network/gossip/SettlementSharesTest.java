// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.gossip.SettledResult;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.SettleCodec;
import org.ippan.network.gossip.wire.SettleCodec.Question;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.rule.SharedTable;
import org.junit.jupiter.api.Test;

/** The rule of shares for the messages of which peers want to know when they are settled; none of these exists. */
class SettlementSharesTest implements SharedTable {

    private static final int MANY = 64;
    /** More thousands than half of the table, which two may fill, and than the share of others. */
    private static final int MOST = 33;
    private static final int OTHERS = 9;

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode node = new FakeNode(time, 1);
    private final Map<Integer, FakeLink> strangers = new TreeMap<>();
    private int asked;

    private FakeLink stranger(int number) {
        return strangers.computeIfAbsent(number, any -> {
            new FakeNode(time, 10 + number).connect(node);
            FakeLink link = node.links.get(node.links.size() - 1);
            link.other.receiver = null;
            return link;
        });
    }

    private void ask(FakeLink link, int count) {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            questions.add(new Question(new IdKey(Peers.messageId(asked++)), 200_000));
        }
        link.give(SettleCodec.settle(questions));
        time.advance(Duration.ofMillis(50));
    }

    @Override
    public void fill(int stranger) {
        for (int round = 0; round < (stranger < 2 ? MOST : OTHERS); round++) {
            ask(stranger(stranger), 1000);
        }
    }

    private boolean isKnown(FakeLink link) {
        int before = node.core.settlements.size();
        ask(link, 1);
        return node.core.settlements.size() > before;
    }

    @Override
    public boolean serves(int stranger) {
        return isKnown(stranger(stranger));
    }

    @Override
    public boolean servesDialled() {
        return isKnown(node.connect(new FakeNode(time, 5)));
    }

    @Test
    void shouldBeFilledByNoneAndKeepRoomForDialledPeers() {
        SharedTable.check(SettlementSharesTest::new, MANY);
    }

    @Test
    void shouldTellPublishersWhatIsSettledHoweverMuchStrangersAsk() {
        node.connect(new FakeNode(time, 5));
        for (int i = 0; i < MANY; i++) {
            fill(i);
        }

        CompletableFuture<SettledResult> future = node.core.publisher
                .publishSettled(FakeNode.message("x"), Duration.ofSeconds(1)).toCompletableFuture();
        time.advance(Duration.ofSeconds(1));

        assertEquals(1, future.join().nodes());
    }

    /** Else each new identity would take a share for minutes. */
    @Test
    void shouldForgetWhatStrangersAskedWhenTheyGo() {
        for (int i = 0; i < MANY; i++) {
            fill(i);
        }
        int full = node.core.settlements.size();
        strangers.values().forEach(link -> link.close(null, ""));

        time.advance(Duration.ofSeconds(6));

        assertEquals(65_536 / 4 * 3, full);
        assertEquals(0, node.core.settlements.size());
    }
}
