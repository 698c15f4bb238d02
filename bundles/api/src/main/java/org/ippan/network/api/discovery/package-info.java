// SPDX-License-Identifier: Apache-2.0
/**
 * What the sources of addresses tell about their searches. The discovery bundle provides it, and JMX, the shell, the
 * page and the doctor read it. Snapshots are immutable, so any thread may use them.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.discovery;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
