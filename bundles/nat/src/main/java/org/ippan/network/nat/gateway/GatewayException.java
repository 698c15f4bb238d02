// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.gateway;

import java.io.IOException;

/** A router answered, and refused. */
public final class GatewayException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int code;

    /** Refused without a code, or by several with a code each. */
    public GatewayException(String text) {
        super(text);
        this.code = 0;
    }

    /** The code is the protocol's own; the text says what it means. */
    public GatewayException(int code, String text) {
        super(text + " (code " + code + ")");
        this.code = code;
    }

    public int code() {
        return code;
    }
}
