// SPDX-License-Identifier: Apache-2.0
/**
 * Compression of payloads: what a codec offers and which codecs this node has. The transport calls codecs; bundles
 * and applications register them. A codec is called on several of the transport's threads at once.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.codec;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
