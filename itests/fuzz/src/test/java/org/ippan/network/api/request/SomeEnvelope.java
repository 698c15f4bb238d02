// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.request;

import java.nio.ByteBuffer;

/** The envelope of questions and answers, for bytes that may be none. */
public final class SomeEnvelope {

    private SomeEnvelope() {
    }

    /** Reads it. */
    public static void read(byte[] bytes) {
        Envelope.decode(ByteBuffer.wrap(bytes));
    }
}
