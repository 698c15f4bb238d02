// SPDX-License-Identifier: Apache-2.0
/**
 * Publishing, validating and receiving messages: what an application uses.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.gossip;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
