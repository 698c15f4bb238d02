// SPDX-License-Identifier: Apache-2.0
/**
 * Compression of payloads with Zstandard, as an optional codec. The transport calls it where both ends of a link
 * offer it. Each call runs on the transport's thread that encodes or decodes the frame; the codec keeps no state
 * between calls.
 */
package org.ippan.network.zstd;
