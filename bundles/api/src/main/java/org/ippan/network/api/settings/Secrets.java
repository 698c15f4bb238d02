// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes secrets that cannot be guessed. */
public final class Secrets {

    private static final int BYTES = 32;

    private Secrets() {
    }

    /** {@return a new secret of 64 hex digits, for example for the key {@code networkKey}} */
    public static String create() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }
}
