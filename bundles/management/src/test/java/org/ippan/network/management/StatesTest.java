// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.management.bean.BeanNames;
import org.ippan.network.management.bean.BeanRegistry;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.verdict.NodeState;
import org.ippan.network.testkit.verdict.Surface;
import org.junit.jupiter.api.Test;

class StatesTest {

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final ManualScheduler time = new ManualScheduler();
    private final BeanNames names = BeanNames.free(server, "", "0123456789");
    private NodeState now = NodeState.all().get(0);

    private Object read(String attribute) throws JMException {
        return server.getAttribute(names.of("Node"), attribute);
    }

    @Test
    void shouldShowEveryStateOfTheJudgeWithItsReasons() throws JMException {
        Management management = new Management(
                new Management.Place(new BeanRegistry(server, warning -> { }), names, "1.0.0"),
                new Management.Time(time, Clock.systemUTC(), time), new ManagementSettings("", 256, true),
                new Notifier(Runnable::run, (topic, properties) -> { },
                        new CallbackFaults(() -> 0, (line, trace) -> { })),
                question -> question.apply(now.doctor()));

        for (NodeState state : NodeState.all()) {
            now = state;

            assertEquals(Surface.JMX.cell(state.status()), read("Health"), state.toString());
            String reasons = (String) read("HealthReasons");
            for (Finding reason : state.reasons()) {
                assertTrue(reasons.contains(reason.check() + ": " + reason.text()), reasons);
            }
            assertEquals(state.reasons().isEmpty(), reasons.isEmpty(), reasons);
        }
        management.close();
    }
}
