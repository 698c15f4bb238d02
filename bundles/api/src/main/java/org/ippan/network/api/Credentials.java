// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import java.util.Objects;
import java.util.regex.Pattern;

/** Keeps users and passwords that stand in addresses out of texts. Stateless. */
public final class Credentials {

    /** What stands before the at sign of an address, where it is a user, or a user and a password. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?:(?<=://)[^\\s,/?#]*"
            + "|(?:(?<=://)|(?<![^\\s,']))[^\\s,/?#:@']+:(?!//|\\d{1,5}(?:/|$))[^\\s,]*)@");

    private static final String MASK = "***@";

    private Credentials() {
    }

    /**
     * A text that may contain addresses, without the users and passwords in them.
     *
     * @param text what an operator wrote, for example {@code http://user:password@proxy:3128}
     * @return the same with {@code ***} in their place, for example {@code http://***@proxy:3128}
     */
    public static String hidden(String text) {
        Objects.requireNonNull(text, "text");
        return CREDENTIALS.matcher(text).replaceAll(MASK);
    }

    /**
     * Whether users and passwords were taken out of a text.
     *
     * @param text an address, or several
     * @return whether {@code ***} stands before an at sign
     */
    public static boolean isHidden(String text) {
        Objects.requireNonNull(text, "text");
        return text.contains(MASK);
    }
}
