// SPDX-License-Identifier: Apache-2.0
/**
 * What the bundle that carries events of Event Admin tells of itself: its snapshot. JMX, the shell, the page and
 * Prometheus read it. It is immutable, so any thread may use it.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.eventadmin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
