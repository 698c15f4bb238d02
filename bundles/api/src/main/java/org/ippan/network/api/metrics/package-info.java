// SPDX-License-Identifier: Apache-2.0
/**
 * The service that counts what the node does.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.metrics;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
