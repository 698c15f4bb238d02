// SPDX-License-Identifier: Apache-2.0
/**
 * What a service tells about itself: records whose components carry unit and description.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.snapshot;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
