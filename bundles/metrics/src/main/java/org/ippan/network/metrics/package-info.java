// SPDX-License-Identifier: Apache-2.0
/**
 * Counts and measures what the other bundles report, for example messages, connections and latencies. All bundles
 * on the path of a message record into it; JMX, the shell and the page read its snapshots. Recording is safe on any
 * thread and takes no lock; a snapshot is taken on the reader's thread.
 */
package org.ippan.network.metrics;
