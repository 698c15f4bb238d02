// SPDX-License-Identifier: Apache-2.0
/**
 * Values as JSON: what the shell, the page and dumps write for programs is the same.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.json;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
