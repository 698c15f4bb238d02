// SPDX-License-Identifier: Apache-2.0
/**
 * The values that every other package is made of: ids of peers and messages, addresses, topics and the clock. All
 * bundles and applications use them. They are immutable unless a type says otherwise, so any thread may use them.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
