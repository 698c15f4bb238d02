// SPDX-License-Identifier: Apache-2.0
/**
 * Authenticated connections that carry frames: what stands between the protocols and the sockets.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.transport;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
