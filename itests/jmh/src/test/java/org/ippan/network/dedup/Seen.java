// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.cache.CacheBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.TimerThreads;

/** Remembers ids, in one way or another. */
public interface Seen extends AutoCloseable {

    /** Whether this is the first time in the window. */
    boolean isFirst(long number);

    @Override
    default void close() {
    }

    /** Ours, and what a Java user would take instead. */
    enum Product {
        IPPAN {
            @Override
            Seen of(int capacity) {
                return new Ours(capacity);
            }
        },
        LINKED_HASH_MAP {
            @Override
            Seen of(int capacity) {
                Map<MessageId, Boolean> map = Collections.synchronizedMap(new LinkedHashMap<>() {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<MessageId, Boolean> eldest) {
                        return size() > capacity;
                    }
                });
                return number -> map.putIfAbsent(id(number), true) == null;
            }
        },
        GUAVA {
            @Override
            Seen of(int capacity) {
                ConcurrentMap<MessageId, Boolean> map = CacheBuilder.newBuilder().maximumSize(capacity)
                        .<MessageId, Boolean>build().asMap();
                return number -> map.putIfAbsent(id(number), true) == null;
            }
        },
        /** Its admission policy forgets most of the newest ids at capacity: no deduplicator, and faster for it. */
        CAFFEINE {
            @Override
            Seen of(int capacity) {
                ConcurrentMap<MessageId, Boolean> map = Caffeine.newBuilder().maximumSize(capacity)
                        .<MessageId, Boolean>build().asMap();
                return number -> map.putIfAbsent(id(number), true) == null;
            }
        };

        /** One that holds so many ids. */
        abstract Seen of(int capacity);

        private static MessageId id(long number) {
            return MessageId.of(Ids.word(number, 0), Ids.word(number, 1), Ids.word(number, 2), Ids.word(number, 3));
        }
    }

    /** The product's. */
    final class Ours implements Seen {

        final Dedup dedup;
        private final ScheduledExecutorService timer = new TimerThreads("ippan-dedup-timer");

        Ours(int capacity) {
            dedup = new Dedup(new DedupSettings(capacity, 300), Ticker.system(), timer, new Random(7), text -> { });
        }

        @Override
        public boolean isFirst(long number) {
            return dedup.checkAndMark(Ids.word(number, 0), Ids.word(number, 1), Ids.word(number, 2),
                    Ids.word(number, 3));
        }

        @Override
        public void close() {
            dedup.close();
            timer.shutdownNow();
        }
    }
}
