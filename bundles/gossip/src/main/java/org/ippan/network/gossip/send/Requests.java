// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.send;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.Priority;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.model.TableShare;

/**
 * What the peer of a link asked for and was not sent yet. Segments with such entries are held. Guarded by its
 * {@link Outbound}; how much waits may be asked by any thread.
 */
final class Requests {

    /** Most that wait. */
    private static final int MOST = 65_536;

    private final boolean dialled;
    private final Waiting all;
    private final List<Queue<Asked>> waiting = new ArrayList<>();
    private volatile int count;
    private volatile long bytes;

    /** How many wait on all links together, and how many may. Safe for any thread. */
    static final class Waiting {

        private final AtomicInteger count = new AtomicInteger();
        private final TableShare shares;

        /** None, of so many that may. */
        Waiting(int most) {
            this.shares = new TableShare(most);
        }

        private boolean admits(boolean dialled, int own) {
            return shares.admits(dialled, own, count.get());
        }
    }

    /** None of a link, which this node opened or its peer did. */
    Requests(boolean dialled, Waiting all) {
        this.dialled = dialled;
        this.all = all;
        for (Priority priority : Priority.values()) {
            waiting.add(new ArrayDeque<>());
        }
    }

    /** Takes an entry of a pinned segment in. Whether there was room. */
    boolean add(Segment segment, int entry) {
        if (count >= MOST || !all.admits(dialled, count)) {
            return false;
        }
        int length = segment.offset(entry + 1) - segment.offset(entry);
        segment.hold();
        waiting.get(segment.log().priority()).add(new Asked(segment, entry, length));
        count++;
        all.count.incrementAndGet();
        bytes += length;
        return true;
    }

    /** Takes the next one of a priority out if the target has room for it, or is empty; else null. */
    Asked take(int priority, FrameTarget target) {
        Asked next = waiting.get(priority).peek();
        if (next == null || target.length() > 0 && next.bytes() > target.room()) {
            return null;
        }
        waiting.get(priority).remove();
        count--;
        all.count.decrementAndGet();
        bytes -= next.bytes();
        return next;
    }

    /** Whether one of a priority waits. */
    boolean has(int priority) {
        return !waiting.get(priority).isEmpty();
    }

    boolean isEmpty() {
        return count == 0;
    }

    long bytes() {
        return bytes;
    }

    /** Nothing will be sent any more. */
    void clear() {
        waiting.forEach(queue -> {
            queue.forEach(each -> each.segment().release());
            queue.clear();
        });
        all.count.addAndGet(-count);
        count = 0;
        bytes = 0;
    }
}
