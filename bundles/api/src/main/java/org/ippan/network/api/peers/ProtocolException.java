// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

/**
 * A frame's body breaks the protocol: the stream cannot be trusted any more. The owner of the link punishes and closes.
 * Has no stack trace: a hostile peer must not make them be built.
 */
public final class ProtocolException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A violation.
     *
     * @param message what, in words for an operator, free of text from the peer
     */
    public ProtocolException(String message) {
        super(message, null, false, false);
    }
}
