// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.tls;

import javax.net.ssl.SSLException;

/** A peer changes its TLS keys again and again, or sends records without data: the stream is given up. */
public final class KeyUpdatesException extends SSLException {

    private static final long serialVersionUID = 1;

    KeyUpdatesException() {
        super("TLS keys were changed more than 10 times a minute");
    }

    /** Whether a failure of a channel is this. */
    public static boolean isCauseOf(Throwable failure) {
        return failure.getCause() instanceof KeyUpdatesException;
    }
}
