// SPDX-License-Identifier: Apache-2.0
/**
 * Records written as JSON text. The shell, the page and the launcher call it. It is stateless, so any thread may
 * use it.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.json;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
