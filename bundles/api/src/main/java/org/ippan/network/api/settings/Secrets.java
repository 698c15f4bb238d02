// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Makes secrets that cannot be guessed, and tells what is none. */
public final class Secrets {

    private static final int BYTES = 32;
    /** As Config Admin, shells and tools that fill in files write them. */
    private static final Pattern PLACEHOLDER = Pattern.compile(".*\\$\\{[^}]+}.*|.*\\$\\[[^\\]]+].*|\\$[A-Za-z_]\\w*"
            + "|%[A-Za-z_]\\w*%|@[A-Za-z_][\\w.]*@|\\{\\{.*}}");

    private Secrets() {
    }

    /** {@return a new secret of 64 hex digits, for example for the key {@code networkKey}} */
    public static String create() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    /**
     * Whether a text only stands for a secret, as its variable was not replaced: any node that is set up alike has it,
     * and a stranger may know it.
     *
     * @param text in the place of a secret
     * @return whether it is a placeholder, for example <code>${env:KEY}</code>
     */
    public static boolean isPlaceholder(String text) {
        return PLACEHOLDER.matcher(text).matches();
    }
}
