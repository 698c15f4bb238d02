// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation.saved;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.state.FileErrors;
import org.ippan.network.api.state.RecordFile;
import org.ippan.network.api.state.StateDirectory;

/**
 * Keeps the file of scores: when it is due, and what to do when the disk fails. {@link #changed} and
 * {@link #lastError} are for any thread, the rest for one at a time.
 */
public final class ScoreStore {

    static final String FILE = "scores";

    /** A misdeed is on the disk about this soon. */
    private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** What merely adds good points may wait: a busy node would write all the time. */
    private static final long LATER_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** Saving takes at most this part of the thread's time, however large the table and slow the disk. */
    private static final long SHARE = 20;

    private final StateDirectory state;
    private final Ticker ticker;
    private final Consumer<String> warn;
    private long savedNanos;
    private long tookNanos;
    private volatile String lastError = "";
    private volatile boolean unsaved;
    private volatile boolean unsavedMisdeed;

    public ScoreStore(StateDirectory state, Ticker ticker, Consumer<String> warn) {
        this.state = state;
        this.ticker = ticker;
        this.warn = warn;
        this.savedNanos = ticker.nanos();
    }

    /** Why saving failed last; empty if it did not. */
    public String lastError() {
        return lastError;
    }

    /** What is whole of what was saved last. A damaged file is moved aside before another is written. Never throws. */
    public Optional<ScoreFile> load() {
        try {
            Optional<ScoreFile.Read> read = state.read(FILE, ScoreFile.MAX_BYTES).map(ScoreFile::decode);
            read.map(ScoreFile.Read::outcome).filter(RecordFile.Outcome::damaged).ifPresent(
                    outcome -> warn.accept("The file of scores " + state.path(FILE) + " is damaged: " + outcome.words()
                            + ". Peers and bans that are lost begin at 0; " + aside()));
            return read.map(ScoreFile.Read::file);
        } catch (IOException e) {
            warn.accept("The file of scores cannot be read: " + FileErrors.words(e)
                    + ". Every peer begins at 0; " + aside());
            return Optional.empty();
        }
    }

    private String aside() {
        changed(true);
        try {
            return "the file is kept as " + state.setAside(FILE);
        } catch (IOException e) {
            return "it cannot be moved aside: " + FileErrors.words(e);
        }
    }

    /** Notes that there is something to save, a misdeed or a ban sooner than a success. */
    public void changed(boolean misdeed) {
        if (misdeed && !unsavedMisdeed) {
            unsavedMisdeed = true;
        }
        if (!unsaved) {
            unsaved = true;
        }
    }

    /** Saves if something changed and its time has come. */
    public void saveIfDue(Supplier<ScoreFile> file) {
        long wait = Math.max(unsavedMisdeed ? SOON_NANOS : LATER_NANOS, SHARE * tookNanos);
        if (ticker.nanos() - savedNanos >= wait) {
            save(file);
        }
    }

    /** Saves if something changed. Never throws; a failure is told once until it works again. */
    public void save(Supplier<ScoreFile> file) {
        if (!unsaved) {
            return;
        }
        unsaved = false;
        unsavedMisdeed = false;
        long begin = ticker.nanos();
        try {
            state.write(FILE, file.get().encode());
            lastError = "";
        } catch (IOException | RuntimeException e) {
            if (lastError.isEmpty()) {
                warn.accept("Scores cannot be saved to " + state.path(FILE) + ": " + FileErrors.words(e)
                        + ". Trying again");
            }
            lastError = FileErrors.words(e);
            changed(true);
        }
        savedNanos = ticker.nanos();
        tookNanos = savedNanos - begin;
    }
}
