// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node;

import java.util.function.Supplier;
import org.ippan.network.node.launch.LaunchException;

/** Calls the launcher and throws its failures as {@link NodeException}, the only one that programs know. Stateless. */
final class Translated {

    private Translated() {
    }

    /** Makes a call that has a result. */
    static <T> T get(Supplier<T> call) {
        try {
            return call.get();
        } catch (LaunchException e) {
            NodeException told = new NodeException(e.getMessage(), e.getCause());
            // The trace is all that the launcher's exception has besides.
            told.setStackTrace(e.getStackTrace());
            throw told;
        }
    }

    /** Makes a call without a result. */
    static void run(Runnable call) {
        get(() -> {
            call.run();
            return null;
        });
    }
}
