// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

import java.util.Objects;

/**
 * What objects of applications say of themselves. Their methods may fail as well, and must not do so in a thread that
 * only wants to tell what happened. Stateless.
 */
public final class Said {

    /** Exceptions may quote what a peer sent. */
    private static final int MAX_DETAIL = 300;

    private Said() {
    }

    /** The beginning of a text, in one line. */
    static String printable(String text) {
        return text.substring(0, Math.min(MAX_DETAIL, text.length())).replaceAll("\\p{Cntrl}", " ");
    }

    /**
     * The text of an object.
     *
     * @param object any, or null
     * @return its text; its class where it has none
     */
    public static String text(Object object) {
        try {
            return Objects.requireNonNull(String.valueOf(object));
        } catch (Throwable e) {
            return object.getClass().getName() + " (which has no text)";
        }
    }
}
