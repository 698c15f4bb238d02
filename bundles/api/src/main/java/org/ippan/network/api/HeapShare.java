// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

/**
 * What of the heap each kind of table may take that others fill, peers above all. Together they are no more than what
 * the heap has beyond what an idle node, its links and the collector need: so however many fill them all at once, the
 * node serves on. Immutable.
 */
public enum HeapShare {

    /** Ids that the deduplicator remembers. */
    IDS(8),
    /** Messages in the logs. */
    LOGS(8),
    /** The same beyond their limit: what others still wait for, and memory kept for what comes next. */
    MORE_LOGS(10),
    /** Messages that wait for validators. */
    VALIDATORS(2),
    /** Messages that wait for listeners whose queues are full. */
    LISTENERS(2),
    /** Messages that found no room to wait: one for each link that is not read. */
    ASIDE(2),
    /** Control frames that wait for the relay. */
    BACKLOG(4),
    /** Ids of what publishers sent last, of which fingerprints are made. */
    FINGERPRINTS(2),
    /** Wanted ids, questions when messages are settled, and requests that wait to be served. */
    ENTRIES(10),
    /** Long frames that have not come whole. */
    LONG_FRAMES(6),
    /** What peers say of their neighbours. */
    NEIGHBOURS(3),
    /** What is remembered of how peers answered. */
    HEALTH(1),
    /** Control frames that wait to be sent. */
    CONTROL(3),
    /** Handshakes under way. */
    HANDSHAKES(3);

    private static final int PARTS = 64;
    private static final long RESERVED = 32L << 20;
    /** Of a heap that is smaller than that. */
    private static final int LEAST_PART = 4;

    private final int parts;

    HeapShare(int parts) {
        this.parts = parts;
    }

    /**
     * What all tables may take.
     *
     * @param heapBytes the longest heap
     * @return all of it but 32 MiB, and at least a quarter
     */
    public static long all(long heapBytes) {
        return Math.max(heapBytes / LEAST_PART, heapBytes - RESERVED);
    }

    /**
     * What a table may take.
     *
     * @param heapBytes the longest heap
     * @return bytes
     */
    public long of(long heapBytes) {
        return all(heapBytes) / PARTS * parts;
    }

    /** {@return what a table may take in this JVM, in bytes} */
    public long bytes() {
        return of(Runtime.getRuntime().maxMemory());
    }
}
