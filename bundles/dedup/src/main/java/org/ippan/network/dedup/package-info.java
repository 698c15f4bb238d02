// SPDX-License-Identifier: Apache-2.0
/**
 * Remembers which messages were seen: from the outside in {@code DedupComponent} (service), {@code Dedup}
 * (concurrency, time, counters), {@code SeenIds} (first in, first out), {@code IdRing} (the ids) and {@code
 * IdIndex} (where they are). Gossip calls it for each message it receives or publishes. Calls come mostly on the
 * transport's I/O threads and are safe on any; {@code ippan-dedup-timer} marks the passing of time.
 */
package org.ippan.network.dedup;
