// SPDX-License-Identifier: Apache-2.0
/**
 * Where bundles keep what must survive a restart and is no configuration. The bundles with such state call it at
 * their start and when they save. It may block for the disk, so no I/O thread may call it.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.state;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
