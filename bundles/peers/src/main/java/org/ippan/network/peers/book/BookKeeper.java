// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.book;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.state.FileErrors;
import org.ippan.network.api.state.RecordFile;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.peers.context.PeerContext;

/** Keeps the address book in a file: read once, written in the background when it changed. */
public final class BookKeeper {

    static final String FILE = "book";
    private static final long SAVE_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** What a node learnt when it joined survives an early end. */
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PRUNE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** Nothing this bundle writes comes near it. */
    private static final long MAX_FILE_BYTES = 64 << 20;

    private final PeerContext context;
    private final AddressBook book;
    private long saveAt;
    private long prunedAt;
    private volatile boolean failing;

    public BookKeeper(PeerContext context, AddressBook book) {
        this.context = context;
        this.book = book;
        this.prunedAt = context.now();
        this.saveAt = prunedAt + FIRST_NANOS;
    }

    /** Reads what is whole of the file; a damaged one is moved aside before another is written. */
    public void load() {
        StateDirectory state = context.outside().state();
        try {
            Optional<byte[]> content = state.read(FILE, MAX_FILE_BYTES);
            if (content.isPresent()) {
                restore(state, content.get());
            }
        } catch (IOException e) {
            setAside(state, "cannot be read: " + FileErrors.words(e));
        }
    }

    private void restore(StateDirectory state, byte[] content) {
        int limit = context.settings().maxBook();
        List<BookFile.Entry> entries = new ArrayList<>();
        RecordFile.Outcome outcome = BookFile.decode(content, limit, entries);
        book.restore(entries, limit);
        if (outcome.damaged()) {
            setAside(state, "is damaged: " + outcome.words());
        }
    }

    private void setAside(StateDirectory state, String why) {
        try {
            context.outside().warn().accept("The address book " + why + ". What is whole is used, the file is kept as "
                    + state.setAside(FILE));
        } catch (IOException e) {
            context.outside().warn().accept("The address book " + why + ", and cannot be moved aside: "
                    + FileErrors.words(e));
        }
    }

    /** Keeps the book within its bounds and saves it now and then. */
    public void tick() {
        long now = context.now();
        if (now - prunedAt >= PRUNE_NANOS) {
            prunedAt = now;
            book.prune(context.outside().clock().millis(), context.settings().maxBook());
        }
        if (now - saveAt >= 0) {
            save();
        }
    }

    /** Saves it if it changed. */
    public void save() {
        saveAt = context.now() + SAVE_NANOS;
        book.toSave(context.settings().maxBook())
                .ifPresent(content -> context.outside().background().accept(() -> write(content)));
    }

    /** In the background. A failure is told once until it works again, also while the node stops. */
    private void write(byte[] content) {
        try {
            context.outside().state().write(FILE, content);
            failing = false;
            context.decide(() -> book.saved(""));
        } catch (IOException e) {
            String why = FileErrors.words(e);
            if (!failing) {
                context.outside().warn().accept("The address book cannot be saved: " + why
                        + ". Trying again each minute; a restart forgets addresses learnt since");
            }
            failing = true;
            context.decide(() -> book.saved(why));
        }
    }
}
