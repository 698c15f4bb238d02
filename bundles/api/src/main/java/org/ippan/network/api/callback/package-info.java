// SPDX-License-Identifier: Apache-2.0
/**
 * What goes wrong in the code of applications that the network calls: listeners, validators, codecs, discoveries. Each
 * bundle that calls such code records its failures here and publishes them, and the doctor makes findings of them. Any
 * thread may record and read.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.callback;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
