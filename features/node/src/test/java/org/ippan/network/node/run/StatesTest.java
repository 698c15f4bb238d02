// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.doctor.Verdict;
import org.ippan.network.testkit.verdict.NodeState;
import org.ippan.network.testkit.verdict.Surface;
import org.junit.jupiter.api.Test;

class StatesTest {

    @Test
    void shouldShowEveryStateOfTheJudgeWithItsReasonsAfterReady() {
        assertEquals("nothing", Surface.NODE_JAR.cell(Severity.OK));
        for (NodeState state : NodeState.all()) {
            String begin = "ippan-node: " + Surface.NODE_JAR.cell(state.status()).replace(" …", " ");

            assertEquals(state.reasons().stream().map(reason -> begin + reason.check() + ": " + reason.text() + " "
                    + reason.advice()).toList(),
                    RunCommand.lines(Verdict.of(Optional.of(state.doctor()), type -> true)), state.toString());
        }
        assertEquals(List.of(), RunCommand.lines(Verdict.of(List.of())));
    }
}
