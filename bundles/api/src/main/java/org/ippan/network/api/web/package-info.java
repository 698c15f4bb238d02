// SPDX-License-Identifier: Apache-2.0
/**
 * What the web bundle tells of itself: its snapshot. JMX, the shell and the doctor read it. It is immutable, so any
 * thread may use it.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.web;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
