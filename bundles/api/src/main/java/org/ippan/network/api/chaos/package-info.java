// SPDX-License-Identifier: Apache-2.0
/**
 * Faults on purpose: who decides what becomes of messages on links, and what is told of it. The chaos bundle provides
 * both, the peers bundle asks the one, and JMX, the shell, the page and the doctor read the other. Faults are asked on
 * the I/O thread of their link; snapshots are immutable.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.chaos;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
