// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.callback.CallbackFaults.Subject;

/**
 * What is wrong with each registration, how often, and whether there is to be a line in the log now: at most one a
 * minute for each. Bounded. Safe for any thread.
 */
final class FaultBook {

    /** Registrations times problems; applications choose how many there are. */
    static final int MAX_ENTRIES = 1024;

    private static final long LOG_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long RECENT_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Ticker ticker;
    private final Map<Key, Entry> entries = new HashMap<>();

    private record Key(Subject subject, CallbackProblem problem) {
    }

    private static final class Entry {

        private long count;
        private long at;
        private boolean lasting;
        private String detail = "";
        private long loggedAt;
        private long loggedCount;
    }

    FaultBook(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Notes what is told of for ten minutes. The rest of the line to log; null if there was one in this minute. */
    synchronized String note(Subject subject, CallbackProblem problem, long count, String detail) {
        return note(subject, problem, count, detail, false, false);
    }

    /** Notes what lasts until it is said to have ended. The same; what is told of it now is a line of its own. */
    synchronized String noteLasting(Subject subject, CallbackProblem problem, String detail) {
        Entry known = entries.get(new Key(subject, problem));
        return note(subject, problem, 1, detail, true, known != null && !detail.equals(known.detail));
    }

    /** Notes one more of what lasts for each by itself. */
    synchronized String noteOneMore(Subject subject, CallbackProblem problem, String detail) {
        return note(subject, problem, 1, detail, true, false);
    }

    private String note(Subject subject, CallbackProblem problem, long count, String detail, boolean lasting,
            boolean news) {
        long now = ticker.nanos();
        Key key = new Key(subject, problem);
        Entry entry = entries.get(key);
        boolean first = entry == null;
        if (first) {
            entry = new Entry();
            makeRoom(now);
            if (entries.size() >= MAX_ENTRIES) {
                return null;
            }
            entries.put(key, entry);
        }
        entry.count += count;
        entry.at = now;
        entry.lasting = lasting;
        entry.detail = detail;
        if (!first && !news && now - entry.loggedAt < LOG_PAUSE_NANOS) {
            return null;
        }
        long more = entry.count - entry.loggedCount - count;
        entry.loggedAt = now;
        entry.loggedCount = entry.count;
        return (detail.isEmpty() ? "" : ": " + detail) + (more > 0 ? " (" + more + " more since the last line)" : "");
    }

    private void makeRoom(long now) {
        if (entries.size() >= MAX_ENTRIES) {
            entries.values().removeIf(entry -> !entry.lasting && now - entry.at >= RECENT_NANOS);
        }
    }

    synchronized void ended(Subject subject, CallbackProblem problem) {
        entries.remove(new Key(subject, problem));
    }

    /** One of those that last has ended; with the last of them it is right again. */
    synchronized void oneLess(Subject subject, CallbackProblem problem) {
        Entry entry = entries.get(new Key(subject, problem));
        if (entry != null && --entry.count <= 0) {
            ended(subject, problem);
        }
    }

    /** Forgets a registration, whatever its topics were; a call that hangs is told of until it returns. */
    synchronized void forget(Subject subject) {
        entries.keySet().removeIf(key -> key.subject().kind() == subject.kind()
                && key.subject().id().equals(subject.id()) && key.problem() != CallbackProblem.HUNG);
    }

    /** What is wrong now, or was within the last ten minutes. */
    synchronized List<CallbackFault> faults(long now) {
        List<CallbackFault> faults = new ArrayList<>();
        entries.forEach((key, entry) -> {
            if (entry.lasting || now - entry.at < RECENT_NANOS) {
                Subject subject = key.subject();
                faults.add(new CallbackFault(subject.kind(), subject.name(), subject.topics(), key.problem(),
                        entry.count, entry.detail));
            }
        });
        return faults;
    }
}
