// SPDX-License-Identifier: Apache-2.0
/**
 * Remembers which messages were seen. From the outside in: {@code DedupComponent} (service), {@code Dedup}
 * (concurrency, time, counters), {@code SeenIds} (first in, first out), {@code IdRing} (the ids) and {@code IdIndex}
 * (where they are).
 */
package org.ippan.network.dedup;
