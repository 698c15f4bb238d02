// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.operator.Orders;
import org.ippan.network.testkit.verdict.NodeState;
import org.ippan.network.testkit.verdict.Surface;
import org.junit.jupiter.api.Test;

class StatesTest {

    @Test
    void shouldShowEveryStateOfTheJudgeWithItsReasons() throws Exception {
        NodeServices services = new NodeServices();
        Command status = new Commands(services, new Orders(services, () -> 0)).all().stream()
                .filter(each -> each.name().equals("status")).findFirst().orElseThrow();
        for (NodeState state : NodeState.all()) {
            services.bind(state.doctor());

            String said = String.valueOf(status.execute(null, List.of()));

            assertEquals(Surface.GOGO.cell(state.status()), said.lines().findFirst().orElse(""));
            for (Finding reason : state.reasons()) {
                assertTrue(said.contains(reason.toString()), said);
            }
        }
    }
}
