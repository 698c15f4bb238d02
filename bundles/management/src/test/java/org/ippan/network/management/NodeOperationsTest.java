// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.ReflectionException;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.EffectiveSetting;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.PeerExplanation;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.operator.Orders;
import org.ippan.network.api.settings.Applies;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.management.bean.GenericBean;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.Test;

/** The questions an operator may ask over JMX, and how the answers look. */
class NodeOperationsTest {

    private static final SettingDescription CAPACITY = new SettingDescription("capacity", int.class, 1_000_000,
            "Ids remembered.", "ids", BigDecimal.ONE, BigDecimal.TEN, Applies.LIVE, false, false, false);

    private final Doctor doctor = Records.service(Doctor.class, Map.of(
            "examine", List.of(new Finding("listener", Severity.FAIL, "The node does not listen.", "Free the port."),
                    new Finding("services", Severity.OK, "All services are there.", "")),
            "limits", List.of(new Finding("limits", Severity.OK, "Nothing holds traffic back.", "")),
            "explain", new PeerExplanation(null, Optional.empty(), List.of("paris is not connected.", "Soon.")),
            "settings", List.of(new EffectiveSetting("a.b", CAPACITY, "7", "default", ""),
                    new EffectiveSetting("a.c", CAPACITY, "8", "/etc/a.c.cfg", "capacity = x: must be a number"))));

    private String ask(DoctorCall call, String operation, Object... arguments) throws ReflectionException {
        return (String) new GenericBean("A bean.", () -> null)
                .with(new NodeOperations(new Orders(new NodeServices(), () -> 0), call).all())
                .invoke(operation, arguments, null);
    }

    private String ask(String operation, Object... arguments) throws ReflectionException {
        return ask(question -> question.apply(doctor), operation, arguments);
    }

    @Test
    void shouldShowFindingsWithWhatToDo() throws ReflectionException {
        assertEquals("FAIL listener: The node does not listen.\n     Free the port.\n"
                + "OK   services: All services are there.", ask("doctor"));
        assertEquals("OK   limits: Nothing holds traffic back.", ask("limits"));
    }

    @Test
    void shouldExplainAPeerASentenceALine() throws ReflectionException {
        assertEquals("paris is not connected.\nSoon.", ask("explainPeer", "paris"));
    }

    @Test
    void shouldShowSettingsWithTheirSourceAndWhatWasRefused() throws ReflectionException {
        assertEquals("a.b capacity = 7 (default)\na.c capacity = 8 (/etc/a.c.cfg)\n"
                + "     refused: capacity = x: must be a number", ask("settings", ""));
    }

    @Test
    void shouldSayThatThereIsNoDoctor() {
        DoctorCall unanswered = question -> {
            throw NodeServices.absent(Doctor.class);
        };

        assertThrows(IllegalStateException.class, () -> ask(unanswered, "doctor"));
    }

    @Test
    void shouldShowTheVerdictOfTheDoctor() {
        DoctorCall call = question -> question.apply(Records.service(Doctor.class, Map.of("glance",
                List.of(new Finding("listener", Severity.FAIL, "The node does not listen.", "Free the port.")))));

        assertEquals("fail", call.verdict(type -> true).word());
        assertEquals("listener: The node does not listen.", call.verdict(type -> true).text());
    }

    @Test
    void shouldSayWhatIsKnownWithoutADoctor() {
        DoctorCall unanswered = question -> {
            throw NodeServices.absent(Doctor.class);
        };

        assertEquals("warn", unanswered.verdict(type -> true).word());
        assertEquals("fail", unanswered.verdict(type -> false).word());
    }
}
