// SPDX-License-Identifier: Apache-2.0
/**
 * What happened to the node and its peers, and who is told of it. The bundles send events, and applications
 * register listeners. A listener is called by one thread of the bundle that sends the event, which is there for nothing
 * else.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.event;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
