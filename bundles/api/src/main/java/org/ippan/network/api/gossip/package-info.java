// SPDX-License-Identifier: Apache-2.0
/**
 * Publishing, validating and receiving messages: what an application uses. Applications call the service and
 * register validators and listeners, which gossip calls. Publishing is safe on any thread; validators and listeners
 * run on threads of gossip, never on an I/O thread.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.gossip;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
