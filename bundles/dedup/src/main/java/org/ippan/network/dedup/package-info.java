// SPDX-License-Identifier: Apache-2.0
/**
 * Remembers which messages were seen: from the outside in {@code DedupComponent} (service), {@code Dedup} (concurrency,
 * batches), {@code IdWindow} (time, counts), {@code SeenIds} (first in, first out), {@code IdRing} (the ids) and
 * {@code IdIndex} (where they are). Gossip calls it for every message, management and the other leaves read its
 * snapshot, Config Admin changes its settings. Calls come on any thread, several at once; the bundle's own thread,
 * {@code ippan-dedup-timer}, lets ids expire.
 */
package org.ippan.network.dedup;
