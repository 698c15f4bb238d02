// SPDX-License-Identifier: Apache-2.0
/**
 * Values every part of the network shares: who a peer is, where it is, what a message is called.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
