// SPDX-License-Identifier: Apache-2.0
/**
 * Compression of payloads: what a codec is, and what the codecs of a node do for gossip.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.codec;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
