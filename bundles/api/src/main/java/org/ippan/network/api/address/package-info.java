// SPDX-License-Identifier: Apache-2.0
/**
 * What is known of addresses: which bundle found one, why one was dropped, and at which this node can be reached.
 * Discoveries and the nat bundle provide it, the peers bundle calls and reads it. Services are called on any thread;
 * the rest is immutable.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.address;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
