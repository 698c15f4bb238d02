// SPDX-License-Identifier: Apache-2.0
/**
 * Where bundles keep what must survive a restart and is no configuration.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.state;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
