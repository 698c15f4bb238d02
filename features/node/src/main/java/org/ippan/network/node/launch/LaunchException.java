// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import java.io.IOException;
import org.ippan.network.api.Causes;
import org.ippan.network.api.state.FileErrors;

/**
 * A node could not start or do what it was asked to; the message is for people. Programs with a node inside get a
 * {@code NodeException} instead.
 */
public final class LaunchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** A failure without a deeper cause. */
    public LaunchException(String message) {
        super(message);
    }

    /** A failure with its cause. */
    public LaunchException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The framework says where it failed; why a file could not be written stands in a cause. */
    static LaunchException ofFramework(String what, Exception failure) {
        return new LaunchException(what + Causes.find(failure, IOException.class).map(file -> FileErrors.words(file)
                + ". It keeps files in the data directory: make room there, or the folder writable")
                .orElse(failure.getMessage()), failure);
    }

    /** A file that an option names cannot be opened, made or read. */
    public static LaunchException of(String option, IOException why) {
        return new LaunchException(option + ": " + FileErrors.words(why), why);
    }
}
