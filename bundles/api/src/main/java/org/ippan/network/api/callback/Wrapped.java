// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

import java.util.List;
import java.util.Objects;

/**
 * Calls of applications that go through objects of the JDK, such as listeners that an MBean server wraps: operators
 * look for the application's own class. Stateless.
 */
final class Wrapped {

    private static final List<String> JDK = List.of("com.sun.jmx.", "java.util.concurrent.");

    private Wrapped() {
    }

    /** A class of the application's own may have none. */
    private static StackTraceElement[] stack(Throwable trace) {
        try {
            return Objects.requireNonNull(trace.getStackTrace());
        } catch (Throwable e) {
            // Its own methods fail as well.
            return new StackTraceElement[0];
        }
    }

    /**
     * The class to name.
     *
     * @param name of the class that was called
     * @param trace of that call, or of a part of it
     * @return the class that one of the JDK called; of any other the name as it is
     */
    static String in(String name, Throwable trace) {
        if (JDK.stream().noneMatch(name::startsWith)) {
            return name;
        }
        StackTraceElement[] stack = stack(trace);
        int frame = stack.length - 1;
        while (frame >= 0 && !stack[frame].getClassName().startsWith(name)) {
            frame--;
        }
        while (frame >= 0 && stack[frame].getClassName().startsWith(name)) {
            frame--;
        }
        return frame >= 0 ? stack[frame].getClassName() : name;
    }
}
