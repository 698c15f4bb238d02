// SPDX-License-Identifier: Apache-2.0
/**
 * The numbers of the node, read from snapshots by what these say of themselves, and their names for Prometheus. The web
 * package above it calls it for its answers and for what it remembers. Numbers are read on worker threads, and what
 * collects them for one answer is confined to one of these.
 */
package org.ippan.network.web.metrics;
