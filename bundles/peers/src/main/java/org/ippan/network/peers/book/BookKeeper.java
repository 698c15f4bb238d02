// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.book;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.peers.context.PeerContext;

/** Keeps the address book in a file: read once, written in the background when it changed. */
public final class BookKeeper {

    static final String FILE = "book";
    private static final long SAVE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PRUNE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** Nothing this bundle writes comes near it. */
    private static final long MAX_FILE_BYTES = 64 << 20;

    private final PeerContext context;
    private final AddressBook book;
    private long savedAt;
    private long prunedAt;

    public BookKeeper(PeerContext context, AddressBook book) {
        this.context = context;
        this.book = book;
        this.savedAt = context.now();
        this.prunedAt = savedAt;
    }

    /** Reads the file; one that is no address book is moved aside. */
    public void load() {
        StateDirectory state = context.outside().state();
        try {
            if (Files.exists(state.path(FILE)) && Files.size(state.path(FILE)) > MAX_FILE_BYTES) {
                setAside(state, "it is too long");
                return;
            }
            Optional<byte[]> content = state.read(FILE);
            if (content.isPresent()) {
                int limit = context.settings().maxBook();
                book.restore(BookFile.decode(content.get(), limit), limit);
            }
        } catch (IllegalArgumentException e) {
            setAside(state, e.getMessage());
        } catch (IOException e) {
            context.log().tell(FILE, "The address book cannot be read: " + e);
        }
    }

    private void setAside(StateDirectory state, String why) {
        try {
            context.log().tell(FILE, "The address book is unreadable, " + why + ": moved to " + state.setAside(FILE));
        } catch (IOException e) {
            context.log().tell(FILE, "The address book is unreadable and cannot be moved aside: " + e);
        }
    }

    /** Keeps the book within its bounds and saves it now and then. */
    public void tick() {
        long now = context.now();
        if (now - prunedAt >= PRUNE_NANOS) {
            prunedAt = now;
            book.prune(context.outside().clock().millis(), context.settings().maxBook());
        }
        if (now - savedAt >= SAVE_NANOS) {
             save();
        }
    }

    /** Saves it if it changed. */
    public void save() {
        savedAt = context.now();
        book.toSave(context.settings().maxBook()).ifPresent(content -> context.outside().background().accept(() -> {
            try {
                context.outside().state().write(FILE, content);
            } catch (IOException e) {
                context.decide(() -> context.log().tell(FILE, "The address book cannot be saved: " + e));
            }
        }));
    }
}
