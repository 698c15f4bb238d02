// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

/** How the process says what became of it; {@code --help} lists them. */
public final class ExitCode {

    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int WRONG_ARGUMENTS = 2;
    public static final int OUT_OF_MEMORY = 3;

    private ExitCode() {
    }
}
