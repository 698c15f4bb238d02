// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Objects;

/**
 * What objects of applications say of themselves. Their methods may fail as well, and must not do so in a thread that
 * only wants to tell what happened. Stateless.
 */
public final class Said {

    private Said() {
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

    /** What a log may print of a failure. */
    static Throwable trace(Throwable failure) {
        if (failure == null) {
            return null;
        }
        try {
            failure.printStackTrace(new PrintWriter(Writer.nullWriter()));
            Objects.requireNonNull(failure.getStackTrace());
            return failure;
        } catch (Throwable e) {
            return new IllegalStateException(text(failure));
        }
    }
}
