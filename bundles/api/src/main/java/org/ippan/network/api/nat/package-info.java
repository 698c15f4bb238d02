// SPDX-License-Identifier: Apache-2.0
/**
 * Ports that a router maps to this node, and what is told of them. The nat bundle provides the service, and operators
 * ask it over JMX and the shell. Services are safe on any thread; snapshots are immutable.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.nat;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
