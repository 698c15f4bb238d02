// SPDX-License-Identifier: Apache-2.0
/**
 * The service that judges connections from their heartbeats.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.health;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
