// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Stops a node when the JVM ends and the program has not stopped it: after a signal, or because application code called
 * {@code System.exit}, perhaps inside a callback of the node. What was accepted is handed to the sockets then, and what
 * was learnt is saved. Safe for any thread.
 */
final class JvmEnd {

    /** What is said where a node would start too late. */
    static final String ENDS = "this program ends: no node starts in it any more";
    /** Stops nothing. */
    static final JvmEnd NONE = new JvmEnd(() -> { });

    /** All threads of the network's bundles are called so. */
    private static final String OF_THE_NODE = "ippan-";

    private final Thread hook;

    private JvmEnd(Runnable stop) {
        hook = new Thread(() -> {
            caller().ifPresent(caller -> System.err.println("ippan-node: application code called System.exit inside a"
                    + " callback: " + caller + "; the node stops first"));
            stop.run();
        }, "ippan-node-end");
    }

    /**
     * Has something stopped at the end of the JVM.
     *
     * @param stop stops it, and returns when that is done
     * @throws LaunchException if the JVM ends just now
     */
    static JvmEnd stops(Runnable stop) {
        JvmEnd end = new JvmEnd(stop);
        try {
            Runtime.getRuntime().addShutdownHook(end.hook);
        } catch (IllegalStateException e) {
            throw new LaunchException(ENDS, e);
        }
        return end;
    }

    /** It is stopped already. */
    void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM ends just now.
            return;
        }
    }

    /** Which code of an application ends the JVM, and in which thread of the node; empty if none does. */
    private static Optional<String> caller() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith(OF_THE_NODE)).flatMap(thread -> exit(thread)
                        .stream()).findFirst();
    }

    private static Optional<String> exit(Map.Entry<Thread, StackTraceElement[]> thread) {
        StackTraceElement[] frames = thread.getValue();
        boolean exits = Arrays.stream(frames).anyMatch(frame -> frame.getClassName().equals(Runtime.class.getName())
                && frame.getMethodName().equals("exit"));
        return Arrays.stream(frames).filter(frame -> exits && !frame.getClassName().startsWith("java."))
                .findFirst().map(frame -> frame.getClassName() + '.' + frame.getMethodName() + ", line "
                        + frame.getLineNumber() + ", thread " + thread.getKey().getName());
    }
}
