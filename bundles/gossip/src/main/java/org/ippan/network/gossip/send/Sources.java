// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.send;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import org.ippan.network.api.Priority;
import org.ippan.network.gossip.log.Draft;
import org.ippan.network.gossip.log.EntryIndex;
import org.ippan.network.gossip.log.LogSpace;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.wire.IdKey;

/**
 * The logs of a node: one for each link and priority, and one for each priority of its publishers. Each is made when
 * the first message comes, and read by all links but the one it is of. Safe for any thread.
 */
public final class Sources {

    private static final int PRIORITIES = Priority.values().length;
    private static final Outbound[] NO_READERS = {};
    /** Requests of peers take a small part of what the entries of other tables do. */
    private static final int REQUESTS_PER_ENTRY = 16;

    private final LogSpace space;
    private final EntryIndex index;
    private final Requests.Waiting requests;
    private final SourceLog[] own = new SourceLog[PRIORITIES];
    private volatile Outbound[] readers = NO_READERS;
    /** All logs with the position each had when it was last looked at. */
    private volatile List<Watched> logs = List.of();

    /** A log, and how far it was when it was last looked at. */
    private static final class Watched {

        private final SourceLog log;
        private long seen;

        Watched(SourceLog log) {
            this.log = log;
        }
    }

    /** The logs of what came by one link, or of this node's publishers. */
    public final class Source {

        private final GossipLink link;
        private final SourceLog[] mine;

        private Source(GossipLink link, SourceLog[] mine) {
            this.link = link;
            this.mine = mine;
        }

        /** Appends a message; links hear of it by {@link #wake}. */
        public void append(Priority priority, IdKey id, Draft draft) {
            draft.id(id.word0(), id.word1(), id.word2(), id.word3());
            long place = log(priority).append(draft);
            while (place == 0) {
                // The link is gone, and so was all of its log before this had its verdict.
                mine[priority.ordinal()] = null;
                place = log(priority).append(draft);
            }
            index.add(id.word0(), id.word1(), place);
        }

        /** The log of a priority, which begins if nothing came. */
        public SourceLog log(Priority priority) {
            SourceLog log = mine[priority.ordinal()];
            return log != null ? log : begin(this, priority.ordinal());
        }

        /**
         * Leads a link back to what came after these numbers, by priority.
         *
         * @param sends whether what follows is sent, or announced
         */
        public void back(Outbound reader, long[] numbers, boolean sends) {
            for (SourceLog log : mine) {
                if (log != null) {
                    reader.back(log, numbers[log.priority()], sends);
                }
            }
        }

        /** The log of a priority; null while nothing came. */
        public SourceLog of(Priority priority) {
            return mine[priority.ordinal()];
        }

        /** Has everybody else pull what was appended. */
        public void wake() {
            for (Outbound reader : readers) {
                if (reader.link() != link) {
                    reader.wake();
                }
            }
        }

        /** The same of those whose peers do not get it from its publisher, who is at the other end of this link. */
        public void wakeUnserved() {
            for (Outbound reader : readers) {
                if (reader.link() != link && (reader.link().served() & link.bit()) == 0) {
                    reader.wake();
                }
            }
        }

        /** Where those are who are waited for and have passed least, in all priorities together. */
        public long passed() {
            long sum = 0;
            for (SourceLog log : mine) {
                sum += log == null ? 0 : log.head() - log.held(0);
            }
            return sum;
        }

        /** Those who have passed least announce what is before them, and send again what comes later. */
        public void announceInstead() {
            for (SourceLog log : mine) {
                if (log != null && log.held(0) > 0) {
                    log.announceInstead();
                }
            }
        }

        /**
         * Bytes that readers which are waited for have not passed yet, of all priorities together.
         *
         * @param enough less than so many are not told exactly
         */
        public long held(long enough) {
            long about = sum(enough);
            return about <= enough ? about : sum(0);
        }

        private long sum(long enough) {
            long sum = 0;
            for (SourceLog log : mine) {
                sum += log == null ? 0 : log.held(enough);
            }
            return sum;
        }
    }

    /** The logs in a space, and tables of so many entries. */
    public Sources(LogSpace space, EntryIndex index, int mostEntries) {
        this.space = space;
        this.index = index;
        this.requests = new Requests.Waiting(REQUESTS_PER_ENTRY * mostEntries);
    }

    /** The source of this node's publishers. */
    public Source own() {
        return new Source(null, own);
    }

    /** The source of a link that came up. */
    public Source of(GossipLink link) {
        return new Source(link, new SourceLog[PRIORITIES]);
    }

    private synchronized SourceLog begin(Source source, int priority) {
        SourceLog log = source.mine[priority];
        if (log == null) {
            log = space.log(source.link, priority, source.link != null && !source.link.isMember());
            for (Outbound reader : readers) {
                reader.follow(log);
            }
            List<Watched> more = new ArrayList<>(logs);
            more.add(new Watched(log));
            logs = more;
            source.mine[priority] = log;
        }
        return log;
    }

    /** A link reads from now on. */
    synchronized void add(Outbound reader) {
        logs.forEach(watched -> reader.follow(watched.log));
        Outbound[] more = Arrays.copyOf(readers, readers.length + 1);
        more[readers.length] = reader;
        readers = more;
    }

    /** A link reads no more. */
    synchronized void remove(Outbound reader) {
        readers = Arrays.stream(readers).filter(other -> other != reader).toArray(Outbound[]::new);
    }

    /** The links that read, in order of their coming; not to be changed. */
    public Outbound[] readers() {
        return readers;
    }

    /** Gives the memory of silent logs back, and forgets those of links that are gone when nothing is left of them. */
    public synchronized void rest(Predicate<Object> isGone) {
        List<Watched> kept = new ArrayList<>(logs);
        kept.removeIf(watched -> {
            watched.log.rest(watched.seen);
            watched.seen = watched.log.head();
            boolean over = !watched.log.isOwn() && isGone.test(watched.log.source()) && watched.log.end();
            if (over) {
                Arrays.stream(readers).forEach(reader -> reader.leave(watched.log));
            }
            return over;
        });
        if (kept.size() < logs.size()) {
            logs = kept;
        }
    }

    /** Shows the first entry, if there is one, that came from its publisher with a number beyond this, pinned. */
    void findNumber(SourceLog log, long number, ObjIntConsumer<Segment> taker) {
        for (Segment segment : space.segments()) {
            if (segment.log() == log && segment.pin()) {
                try {
                    int entry = Numbers.first(segment, number);
                    if (entry < segment.count()) {
                        taker.accept(segment, entry);
                        return;
                    }
                } finally {
                    segment.unpin();
                }
            }
        }
    }

    /** Where the first entry is that came from its publisher with a number beyond this; the head if there is none. */
    public long position(SourceLog log, long number) {
        long[] position = {log.head()};
        findNumber(log, number, (segment, entry) -> position[0] = segment.position(entry));
        return position[0];
    }

    /** A reader is waited for from now on, wherever it stands. */
    public void review() {
        logs.forEach(watched -> watched.log.review());
    }

    /** Bytes that were ever appended, by the link they came by; null for this node's publishers. */
    public Map<GossipLink, Long> appended() {
        Map<GossipLink, Long> appended = new HashMap<>();
        logs.forEach(watched -> appended.merge((GossipLink) watched.log.source(), watched.log.head(), Long::sum));
        return appended;
    }

    /** Bytes of this node's own messages that no link has sent. */
    public long unsent() {
        long sum = 0;
        for (SourceLog log : own) {
            sum += log == null ? 0 : log.unsent();
        }
        return sum;
    }

    /** What peers asked for and were not sent, over all links. */
    Requests.Waiting requests() {
        return requests;
    }

    /** Where messages are found by their ids. */
    public EntryIndex index() {
        return index;
    }

    /** The memory of all logs. */
    public LogSpace space() {
        return space;
    }
}
