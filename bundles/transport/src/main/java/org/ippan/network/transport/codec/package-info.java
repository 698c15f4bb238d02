// SPDX-License-Identifier: Apache-2.0
/**
 * The compression of payloads: the codecs there are, their workers, and what is worth compressing. The component adds
 * codecs as they come and go, and the other bundles compress and inflate through it. Any thread calls it, publishers
 * and event loops alike, without a lock but for coming and going.
 */
package org.ippan.network.transport.codec;
