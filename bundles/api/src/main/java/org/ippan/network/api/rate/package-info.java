// SPDX-License-Identifier: Apache-2.0
/**
 * Rates that are kept, and parts of what is limited: a bucket of tokens, a limit that knows for how long it is
 * exceeded, the part of strangers. Transport, peers, gossip and survey hold one for each thing that a peer or this node
 * may do so often. Nothing waits here, time comes from the caller, and each class says which threads may use it.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.rate;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
