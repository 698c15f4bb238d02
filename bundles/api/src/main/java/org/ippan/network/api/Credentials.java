// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import java.util.Objects;
import java.util.regex.Pattern;

/** Keeps users, passwords and queries, which may be tokens, that stand in addresses out of texts. Stateless. */
public final class Credentials {

    /** What stands before the at sign of an address, where it is a user, or a user and a password. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?:(?<=://)[^\\s,/?#]*"
            + "|(?:(?<=://)|(?<![^\\s,']))[^\\s,/?#:@']+:(?!//|\\d{1,5}(?:/|$))[^\\s,]*)@");

    /** What follows the question mark of a URL: up to a blank, a fragment, or the next URL of a list. */
    private static final Pattern QUERY =
            Pattern.compile("(://[^\\s,?#]{0,2000}+\\?)[^\\s#]+?(?=[\\s#]|,[A-Za-z][A-Za-z0-9+.-]*:|$)");

    private static final String MASK = "***@";
    private static final String QUERY_MASK = "?***";

    private Credentials() {
    }

    /**
     * A text that may contain addresses, without the users, passwords and queries in them.
     *
     * @param text what an operator wrote, for example {@code http://user:password@proxy:3128}
     * @return the same with {@code ***} in their place, for example {@code http://***@proxy:3128}, or
     *         {@code https://host/records?***}
     */
    public static String hidden(String text) {
        Objects.requireNonNull(text, "text");
        return QUERY.matcher(CREDENTIALS.matcher(text).replaceAll(MASK)).replaceAll("$1***");
    }

    /**
     * Whether users, passwords or queries were taken out of a text.
     *
     * @param text an address, or several
     * @return whether {@code ***} stands before an at sign, or behind a question mark
     */
    public static boolean isHidden(String text) {
        Objects.requireNonNull(text, "text");
        return text.contains(MASK) || text.contains(QUERY_MASK);
    }
}
