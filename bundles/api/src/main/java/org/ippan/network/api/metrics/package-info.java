// SPDX-License-Identifier: Apache-2.0
/**
 * What is counted and measured, as one description from which all surfaces are made. Bundles record, and JMX, the
 * shell and the page read snapshots. All methods are safe on any thread, and recording never waits.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.metrics;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
