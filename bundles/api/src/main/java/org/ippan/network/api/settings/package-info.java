// SPDX-License-Identifier: Apache-2.0
/**
 * Settings: their description, their check as a whole, and the last good values in force. Each bundle with a
 * configuration uses it, and JMX, the shell and the doctor read and check settings through it. Values are
 * immutable; updates come on the container's thread, and any thread may read.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.settings;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
