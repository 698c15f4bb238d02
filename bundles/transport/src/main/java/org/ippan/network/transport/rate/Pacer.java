// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.rate;

import java.util.concurrent.TimeUnit;
import org.ippan.network.api.rate.Rate;
import org.ippan.network.api.rate.TokenBucket;
import org.ippan.network.api.transport.FrameClass;

/**
 * A rate at which frames are sent, for one connection or for all together. Bodies go in turns of a hundredth of a
 * second's worth, in the order in which the turns were asked for, so that no connection starves behind another. Bodies
 * of class HIGH pass by the turns as long as they alone keep the rate, and CONTROL passes always; the turns of the
 * others are put off by what both sent, but by no more than a second, so that they come at all.
 * Safe for any thread, without a lock.
 */
public final class Pacer {

    /** No rate at all. */
    public static final Pacer OFF = new Pacer(0, 0, 0);

    private static final int TURNS_PER_SECOND = 100;
    private static final int SHORTEST_TURN = 2 * 1024;
    private static final int LONGEST_TURN = 64 * 1024;
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

    private final long bytesPerSecond;
    private final int turnBytes;
    private final TokenBucket all;
    private final TokenBucket high;

    /**
     * A pacer nothing was sent by.
     *
     * @param bytesPerSecond rate, header and body of frames counted; 0 for none
     * @param burstBytes what may be sent at once after a rest; 0 for a tenth of a second's worth
     * @param nowNanos ticker reading
     */
    public Pacer(long bytesPerSecond, long burstBytes, long nowNanos) {
        this.bytesPerSecond = bytesPerSecond;
        this.turnBytes = (int) Math.max(SHORTEST_TURN, Math.min(LONGEST_TURN, bytesPerSecond / TURNS_PER_SECOND));
        long burst = burstBytes == 0 ? BURST_NANOS : Rate.perSecond(bytesPerSecond).nanos(burstBytes);
        this.all = new TokenBucket(Rate.perSecond(bytesPerSecond, burst), nowNanos);
        this.high = new TokenBucket(Rate.perSecond(bytesPerSecond, Math.min(burst, BURST_NANOS)), nowNanos);
    }

    public boolean isOff() {
        return bytesPerSecond == 0;
    }

    public long bytesPerSecond() {
        return bytesPerSecond;
    }

    /** What one turn is worth. */
    public int turnBytes() {
        return turnBytes;
    }

    /** Asks for a turn, which is taken unless it is given back; returns the ticker reading when it comes. */
    public long turn(long nowNanos) {
        return all.take(turnBytes, nowNanos);
    }

    /** Bytes of a turn that were not used. */
    public void giveBack(long bytes) {
        all.giveBack(bytes);
    }

    /** Bytes sent beyond the turn they were sent in: a frame is not cut. */
    public void exceeded(long bytes, long nowNanos) {
        all.take(bytes, nowNanos);
    }

    /** How long bodies of class HIGH have to wait. */
    public long highWaitNanos(long nowNanos) {
        return high.waitNanos(nowNanos);
    }

    /** A frame passed by the turns. */
    public void passed(FrameClass frameClass, int bytes, long nowNanos) {
        if (frameClass == FrameClass.HIGH) {
            high.take(bytes, nowNanos);
        }
        if (all.waitNanos(nowNanos) < LONGEST_WAIT) {
            all.take(bytes, nowNanos);
        }
    }

    /** How many bytes may be sent at once; below 0 while turns are waited for, 0 if it is off. */
    public long allowance(long nowNanos) {
        return all.tokens(nowNanos);
    }
}
