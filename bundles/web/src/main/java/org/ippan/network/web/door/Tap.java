// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.door;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ReceivedMessage;

/**
 * A sample of the messages of a topic, for people who look: some a second, of each the beginning. It never makes gossip
 * wait, and ends soon after the last look. Safe for any thread.
 */
final class Tap implements GossipListener {

    static final int KEPT = 200;
    static final int PER_SECOND = 20;
    static final int SHOWN_BYTES = 256;

    private static final long LIVES_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Clock clock;
    private final Ticker ticker;
    /** The rest is guarded by this. */
    private final Deque<Tapped> ring = new ArrayDeque<>();
    private long number;
    private long skipped;
    private long secondNanos;
    private int inSecond;
    private long lookedNanos;

    /**
     * A message in the sample.
     *
     * @param number counts from 1
     * @param time when it came
     * @param publisher where signatures are checked
     * @param begin its first bytes, as text or in hexadecimal digits
     * @param isText whether they are text
     */
    private record Tapped(long number, Instant time, MessageId id, String topic, Priority priority, PeerId from,
            Optional<PeerId> publisher, int hops, long ageMs, int bytes, String begin, boolean isText) {
    }

    /**
     * What a look gets.
     *
     * @param number of the newest message
     * @param skipped messages that were not taken because there were too many in a second
     * @param messages the oldest first
     */
    record Look(long number, long skipped, List<Object> messages) {
    }

    Tap(Clock clock, Ticker ticker) {
        this.clock = clock;
        this.ticker = ticker;
        lookedNanos = ticker.nanos();
        secondNanos = lookedNanos;
    }

    @Override
    public synchronized void onMessage(ReceivedMessage message) {
        long now = ticker.nanos();
        if (now - secondNanos >= SECOND_NANOS) {
            secondNanos = now;
            inSecond = 0;
        }
        if (++inSecond > PER_SECOND) {
            skipped++;
            return;
        }
        ByteBuffer payload = message.payload();
        byte[] begin = new byte[Math.min(SHOWN_BYTES, payload.remaining())];
        payload.get(begin);
        Optional<String> text = text(begin);
        ring.add(new Tapped(++number, clock.instant(), message.id(), message.topic().name(), message.priority(),
                message.deliveredBy(), message.publisher(), message.hops(), message.age().toMillis(),
                message.payload().remaining(), text.orElseGet(() -> HexFormat.of().formatHex(begin)),
                text.isPresent()));
        if (ring.size() > KEPT) {
            ring.remove();
        }
    }

    /** The bytes as text; empty if they are none. The last character may be cut. */
    private static Optional<String> text(byte[] begin) {
        CharBuffer text = CharBuffer.allocate(begin.length);
        boolean isText = !StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(begin), text, false).isError();
        String read = text.flip().toString();
        return isText && read.chars().noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c))
                ? Optional.of(read) : Optional.empty();
    }

    /** What came after a number, or all if that is of an earlier sample; it lives on. */
    synchronized Look look(long after) {
        lookedNanos = ticker.nanos();
        long seen = after > number ? 0 : after;
        return new Look(number, skipped, ring.stream().filter(each -> each.number > seen).map(Object.class::cast)
                .toList());
    }

    /** Whether no client looks any more. */
    synchronized boolean isOver() {
        return ticker.nanos() - lookedNanos > LIVES_NANOS;
    }
}
