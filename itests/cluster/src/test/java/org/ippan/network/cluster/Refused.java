// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.ippan.network.node.arguments.CommandLine.UsageException;
import org.ippan.network.node.demo.DemoArguments;
import org.ippan.network.node.launch.NodeJar;
import org.ippan.network.node.run.RunArguments;

/**
 * Command lines that cannot be right. What is wrong with one is found out before anything is started, so that it is
 * asked here in the JVM of the test, of the classes of the node's jar; that a process says it and ends with 2 is shown
 * by a few.
 */
final class Refused {

    private Refused() {
    }

    /** Checks what is said of a command and its arguments. */
    static void as(String why, String... arguments) {
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        String said = assertThrows(UsageException.class, () -> {
            if (arguments[0].equals("demo")) {
                DemoArguments.parse(rest);
            } else {
                RunArguments.parse(rest, NodeJar.own().pids());
            }
        }, () -> why + " of " + rest).getMessage();

        assertEquals(why, said);
    }
}
