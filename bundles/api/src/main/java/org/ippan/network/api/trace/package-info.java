// SPDX-License-Identifier: Apache-2.0
/**
 * What became of one message at this node: the link it came by, what validators said, which peers have it. Gossip
 * answers from what it keeps anyway, and the page asks. Values are immutable, and asking is safe on any thread.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.trace;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
