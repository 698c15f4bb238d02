// SPDX-License-Identifier: Apache-2.0
/**
 * The deduplicator: whether a message was seen before. Gossip calls it for each message, and operators read its
 * snapshot. All methods are safe on any thread.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.dedup;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
