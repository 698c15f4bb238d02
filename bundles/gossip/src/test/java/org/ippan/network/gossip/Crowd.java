// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.testkit.ManualScheduler;

/** A node that publishes as fast as it may, four honest peers, and others that come and go. */
final class Crowd {

    /** Honest peers take 8 MiB a second. */
    static final Duration FAST = Duration.ofMillis(2);
    /** The same for long tests: 2 MiB. */
    static final Duration STEADY = Duration.ofMillis(8);
    static final int HONEST = 4;
    private static final Message LONG = Message.of(FakeNode.TOPIC, new byte[16 * 1024]);
    /** Until nothing is left of the time that strangers have at first. */
    private static final Duration WARM = Duration.ofSeconds(40);
    private static final Duration STEP = Duration.ofMillis(5);

    final ManualScheduler time = new ManualScheduler();
    final FakeNode alice = new FakeNode(time, 1);
    final List<Reader> honest = new ArrayList<>();
    final List<Reader> others = new ArrayList<>();
    int published;
    /** What is published, again and again. */
    Message message = LONG;
    /** Whether those that come are no strangers. */
    boolean othersAreMembers;

    private final Duration messageTime;
    private long number = 100;

    /** What goes on beside the publisher. */
    @FunctionalInterface
    interface Events {
        /** It is so many milliseconds after the beginning. */
        void at(long millis);
    }

    /** Honest peers are members, or strangers; all have kept up for a while. */
    Crowd(boolean members, Duration messageTime) {
        this.messageTime = messageTime;
        for (int i = 0; i < HONEST; i++) {
            honest.add(new Reader(time, alice, number++, members, messageTime));
        }
        run(WARM, millis -> { });
    }

    /** One more peer comes. */
    Reader stranger() {
        Reader reader = new Reader(time, alice, number++, othersAreMembers, messageTime);
        others.add(reader);
        return reader;
    }

    /** One that takes nothing. */
    Reader stuck() {
        Reader reader = stranger();
        reader.link.stick(true);
        return reader;
    }

    /** The others go. */
    void leave() {
        others.forEach(reader -> reader.link.close(null, ""));
        others.clear();
    }

    /** Publishes as fast as may be; how many messages. */
    int run(Duration whole, Events events) {
        int before = published;
        for (long millis = 0; millis < whole.toMillis(); millis += STEP.toMillis()) {
            events.at(millis);
            while (alice.core.publish(message.withNonce(published)).accepted()) {
                published++;
            }
            time.advance(STEP);
            alice.received.clear();
            honest.forEach(Reader::forget);
            others.forEach(Reader::forget);
        }
        return published - before;
    }

    /** Messages that honest peers did not get, when all had time to. */
    int lost() {
        time.advance(Duration.ofSeconds(5));
        return honest.stream().mapToInt(reader -> published - reader.got).sum();
    }

    /** Honest peers that are not waited for. */
    long slow() {
        return honest.stream().filter(reader -> ((LinkEnd) reader.link.receiver).link().isSlow()).count();
    }
}
