// SPDX-License-Identifier: Apache-2.0
/**
 * One mechanism for every setting: described once, parsed strictly, checked as a whole, swapped atomically.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.settings;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
