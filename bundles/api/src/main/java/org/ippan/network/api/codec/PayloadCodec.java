// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.codec;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to make payloads smaller. Registered as a service (whiteboard) it is named in the HELLO of each new connection;
 * deflate is built in. What the numbers stand for is fixed by {@code docs/protocol.md} §3. Safe for any thread.
 */
@ConsumerType
public interface PayloadCodec {

    /** Raw deflate, RFC 1951: no zlib header, no dictionary. */
    int DEFLATE = 1;
    /** Exactly one zstd frame, RFC 8878: no dictionary. */
    int ZSTD = 2;

    /** {@return what it is on the wire: {@link #DEFLATE} or {@link #ZSTD}; any other codec is refused} */
    int number();

    /** {@return its usual name, which operators read} */
    String name();

    /**
     * Makes what does the work. Workers are kept and used again, each by one thread at a time.
     *
     * @return a worker of its own memory
     */
    CodecWorker newWorker();
}
