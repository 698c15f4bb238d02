// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node;

/** A node could not start or do what it was asked to; the message is for people. */
public final class NodeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * A failure without a deeper cause.
     *
     * @param message what happened
     */
    public NodeException(String message) {
        super(message);
    }

    /**
     * A failure with its cause.
     *
     * @param message what happened
     * @param cause why
     */
    public NodeException(String message, Throwable cause) {
        super(message, cause);
    }
}
