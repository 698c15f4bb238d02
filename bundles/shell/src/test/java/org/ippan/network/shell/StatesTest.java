// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.shell.output.Output;
import org.ippan.network.testkit.verdict.NodeState;
import org.ippan.network.testkit.verdict.Surface;
import org.junit.jupiter.api.Test;

class StatesTest {

    @Test
    void shouldShowEveryStateOfTheJudgeWithItsReasons() throws Exception {
        for (NodeState state : NodeState.all()) {
            StatusCommand status = new StatusCommand();
            status.services = Fakes.services(state.doctor());

            List<String> lines = Fakes.lines(Output.Form.TABLE, status::run);

            assertEquals(Surface.KARAF.cell(state.status()), value(lines, "state"), lines.toString());
            for (Finding reason : state.reasons()) {
                assertTrue(value(lines, "reasons").contains(reason.check() + ": " + reason.text()), lines.toString());
            }
        }
    }

    private static String value(List<String> lines, String name) {
        return lines.stream().filter(line -> line.matches(name + " *\\|.*")).findFirst()
                .map(line -> line.substring(line.indexOf('|') + 1).strip()).orElse("");
    }
}
