// SPDX-License-Identifier: Apache-2.0
/**
 * Objects as payloads, for applications: formats that turn objects into bytes and back, and listeners that get objects.
 * Applications register both as services; gossip keeps the formats and calls the listeners. Formats are called on any
 * thread, several at once; a listener is called by one thread at a time, as a {@code GossipListener} is.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.typed;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
