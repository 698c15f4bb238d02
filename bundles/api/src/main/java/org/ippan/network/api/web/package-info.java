// SPDX-License-Identifier: Apache-2.0
/**
 * What the page over HTTP tells about itself.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.web;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
