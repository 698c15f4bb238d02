// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;

/** Makes secrets that cannot be guessed, and keeps them out of texts. */
public final class Secrets {

    private static final int BYTES = 32;
    /** What stands before the at sign of an address, where it is a user, or a user and a password. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?:(?<=://)[^\\s,/?#]*"
            + "|(?:(?<=://)|(?<![^\\s,']))[^\\s,/?#:@']+:(?!//|\\d{1,5}(?:/|$))[^\\s,]*)@");

    private Secrets() {
    }

    /**
     * A new secret, for example for the key {@code networkKey}.
     *
     * @return 64 hex digits
     */
    public static String create() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    /**
     * A text that may contain addresses, without the users and passwords in them.
     *
     * @param text what an operator wrote, for example {@code http://user:password@proxy:3128}
     * @return the same with {@code ***} in their place, for example {@code http://***@proxy:3128}
     */
    public static String hidden(String text) {
        Objects.requireNonNull(text, "text");
        return CREDENTIALS.matcher(text).replaceAll(LiveSettings.MASK + '@');
    }
}
