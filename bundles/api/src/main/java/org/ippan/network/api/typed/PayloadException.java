// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.typed;

/** An object cannot be a payload, or a payload is no such object. The message says why, and what to do. */
public final class PayloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message what failed and why
     * @param cause what the format threw, or null
     */
    public PayloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
