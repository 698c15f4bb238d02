// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.context;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.event.LogBudget;

/**
 * A log that peers cannot write at will: per subject one line a second and few in a row, and few a second of all
 * subjects; what was left out is told with the next line. Confined to one thread.
 */
public final class LogLines {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_SUBJECTS = 1024;
    /** Lines of one moment: a peer may come, go and come again. */
    private static final int BURST = 4;

    private final Ticker ticker;
    private final Consumer<String> log;
    private final Map<Object, Subject> subjects = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Subject> eldest) {
            return size() > MAX_SUBJECTS;
        }
    };

    /** How much was told of one subject. */
    private static final class Subject {
        private long since;
        private int told;
        private long leftOut;
    }

    public LogLines(Ticker ticker, Consumer<String> log) {
        this.ticker = ticker;
        this.log = new LogBudget(ticker, LogBudget.PEERS, log);
    }

    /** Logs a line about a subject, or counts it. */
    public void tell(Object subject, String line) {
        long now = ticker.nanos();
        Subject entry = subjects.computeIfAbsent(subject, key -> new Subject());
        if (entry.told > 0 && now - entry.since >= entry.told * PAUSE_NANOS) {
            entry.told = 0;
        }
        if (entry.told >= BURST) {
            entry.leftOut++;
            return;
        }
        if (entry.told == 0) {
            entry.since = now;
        }
        entry.told++;
        log.accept(entry.leftOut == 0 ? line : line + " (" + entry.leftOut + " lines left out)");
        entry.leftOut = 0;
    }
}
