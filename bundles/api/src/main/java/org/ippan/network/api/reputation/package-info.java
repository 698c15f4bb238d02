// SPDX-License-Identifier: Apache-2.0
/**
 * Scores and standing of peers, and bans. Peers and gossip record what a peer did, operators ban and pardon, and
 * everyone may ask. All methods are safe on any thread.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.reputation;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
