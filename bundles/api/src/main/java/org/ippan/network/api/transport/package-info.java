// SPDX-License-Identifier: Apache-2.0
/**
 * Connections, frames and identities, as the transport offers them to the peers bundle. The peers bundle calls the
 * transport, and the transport calls the handlers it was given. Handlers run on the I/O thread of their connection;
 * calls into a connection are safe on any thread.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.transport;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
