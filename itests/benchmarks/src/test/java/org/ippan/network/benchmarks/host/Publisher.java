// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.host;

import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.benchmarks.contender.Member;
import org.ippan.network.benchmarks.measure.Stamp;
import org.ippan.network.benchmarks.scenario.Scenario;

/**
 * Publishes during a phase. At a fixed rate a message is stamped with when it was due, so that one that had to wait for
 * its predecessor is as late as its reader finds it; at full speed with when it was handed over.
 */
final class Publisher implements Callable<Void> {

    private final Scenario scenario;
    private final int phase;
    private final int sequence;
    private final boolean urgent;
    private final int rate;
    private final Member member;
    private final long begin;
    private final long nanos;
    private final byte[] template;
    private volatile long published;

    /**
     * Ready to publish.
     *
     * @param sequence that of the member, or that of what is urgent there
     * @param begin of the phase
     * @param nanos how long it is
     */
    Publisher(Scenario scenario, int phase, int sequence, Member member, long begin, long nanos) {
        this.scenario = scenario;
        this.phase = phase;
        this.sequence = sequence;
        urgent = sequence >= scenario.publishers();
        rate = urgent ? scenario.urgent() : scenario.rate();
        this.member = member;
        this.begin = begin;
        this.nanos = nanos;
        // Random, so that nothing on the way can shorten it.
        template = new byte[scenario.bytes()];
        new Random(sequence).nextBytes(template);
    }

    int sequence() {
        return sequence;
    }

    long published() {
        return published;
    }

    @Override
    public Void call() throws InterruptedException {
        long number = 0;
        for (long due = due(number); more(number, due); due = due(number)) {
            byte[] payload = template.clone();
            Stamp.write(payload, phase, sequence, number, due);
            if (urgent) {
                member.hurry(payload);
            } else {
                member.publish(payload);
            }
            number++;
            published = number;
        }
        return null;
    }

    private boolean more(long number, long due) {
        return urgent || scenario.messages() == 0 ? due - begin < nanos : number < scenario.messages();
    }

    /** Waits until a message is due, and says when that was. */
    private long due(long number) {
        long now = System.nanoTime();
        if (rate == 0) {
            return now;
        }
        long due = begin + number * TimeUnit.SECONDS.toNanos(1) / rate;
        while (due - now > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(due - now);
            now = System.nanoTime();
        }
        return due;
    }
}
