// SPDX-License-Identifier: Apache-2.0
/**
 * The service that remembers which messages were seen.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.dedup;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
