// SPDX-License-Identifier: Apache-2.0
/**
 * Whom this node knows and is connected to, and what protocols over a link implement. Operators and bundles call
 * the services; the peers bundle calls protocols with frames of their types. Services are safe on any thread;
 * frames arrive on the I/O thread of their connection.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.peers;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
