// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.ippan.network.api.gossip.PublishResult;

/** Shows on standard error, once a second, how publishing goes. Used by one thread. */
final class PublishProgress implements LinePublisher.Progress {

    private static final long INTERVAL_NANOS = 1_000_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Shutdown shutdown;
    private final Terminal terminal;
    private final Patience patience;
    private final LongSupplier bytesRead;
    private final long totalBytes;
    private long shownNanos = System.nanoTime();
    private long shownAccepted;
    private long patientAt;
    private boolean shown;
    private boolean gaveUp;

    /**
     * Shows progress.
     *
     * @param shutdown says when to give up
     * @param terminal where to
     * @param patience how long to wait for a line to be accepted
     * @param bytesRead how much of the source was read
     * @param totalBytes length of the source; 0 if nobody knows
     */
    PublishProgress(Shutdown shutdown, Terminal terminal, Patience patience, LongSupplier bytesRead, long totalBytes) {
        this.patience = patience;
        this.shutdown = shutdown;
        this.terminal = terminal;
        this.bytesRead = bytesRead;
        this.totalBytes = totalBytes;
    }

    @Override
    public void at(long accepted, long refused) {
        if (accepted + refused != patientAt) {
            patientAt = accepted + refused;
            patience.progress();
        }
        long now = System.nanoTime();
        if (now - shownNanos < INTERVAL_NANOS) {
            return;
        }
        terminal.update(line(accepted, totalBytes, bytesRead.getAsLong(),
                (accepted - shownAccepted) * NANOS_PER_SECOND / (now - shownNanos)));
        shown = true;
        shownNanos = now;
        shownAccepted = accepted;
    }

    static String line(long accepted, long totalBytes, long bytesRead, double rate) {
        String share = totalBytes == 0 ? "" : String.format(Locale.ROOT, ", %.1f %%",
                Math.min(100, 100.0 * bytesRead / totalBytes));
        return String.format(Locale.ROOT, "published %,d lines%s, %,.0f lines/s", accepted, share, rate);
    }

    @Override
    public void refused(Line line) {
        terminal.print("ippan-node: line " + line.number() + " has " + line.length()
                + " bytes, more than a message may have (maxMessageBytes): not published");
    }

    @Override
    public boolean givesUp(PublishResult.Status why) {
        gaveUp = patience.exhausted(switch (why) {
            case NO_PEERS -> "no peer is connected";
            case BACKPRESSURE -> "the peers take messages more slowly than they are published (back-pressure)";
            case CLOSED -> "the gossip service is absent or refuses to serve";
            default -> throw new IllegalStateException(why.name());
        });
        return gaveUp;
    }

    /** Whether nothing could be published for too long. */
    boolean gaveUp() {
        return gaveUp;
    }

    @Override
    public boolean stopped(long millis) throws InterruptedException {
        return millis == 0 ? shutdown.isRequested() : shutdown.await(millis);
    }

    /** Leaves what was shown last on a line of its own. */
    void done() {
        if (shown) {
            terminal.end();
        }
    }
}
