// SPDX-License-Identifier: Apache-2.0
/**
 * The search itself, the same for every source: when to look, what of the findings may be told, what has changed since
 * the last look. The components make it, and the sources give it what they see. Everything runs on the one thread of
 * the source, but for what is asked about it, which any thread may.
 */
package org.ippan.network.discovery.search;
