// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ippan.network.node.arguments.CommandLine.UsageException;
import org.junit.jupiter.api.Test;

class DemoArgumentsTest {

    @Test
    void shouldTakeAnEmptyInputForNone() throws UsageException {
        DemoArguments parsed = DemoArguments.parse(List.of("--nodes=5", "--input=", "--output=o", "--once=true"));

        assertEquals(new DemoArguments(5, Optional.empty(), Path.of("o"), true), parsed);
        assertEquals(new DemoArguments(5, Optional.of(Path.of("f")), Path.of("ippan-demo"), false),
                DemoArguments.parse(List.of("--input", "f", "--once=false")));
    }
}
