// SPDX-License-Identifier: Apache-2.0
/**
 * Snapshots: records of counters and states, each with a unit and a description. The bundles provide them, and JMX,
 * the shell, the page and the doctor read them. A snapshot is taken on the reader's thread and is immutable.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.snapshot;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
