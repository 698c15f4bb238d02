// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.transport.Transport;
import org.junit.jupiter.api.Test;

/** The one judgement that all surfaces show. */
class VerdictTest {

    private static final Finding WELL = new Finding("listener", Severity.OK, "It listens.", "");
    private static final Finding ALONE = new Finding("peers", Severity.WARN, "1 peer connected.", "Add some.");
    private static final Finding DEAF = new Finding("listener", Severity.FAIL, "It does not listen.", "Free it.");

    @Test
    void shouldBeWellWhereNothingElseIsFound() {
        Verdict verdict = Verdict.of(List.of(WELL));

        assertEquals("ok", verdict.word());
        assertEquals("", verdict.text());
    }

    @Test
    void shouldBeAsBadAsTheWorstFindingAndNameAllReasons() {
        Verdict verdict = Verdict.of(List.of(DEAF, ALONE, WELL));

        assertEquals("fail", verdict.word());
        assertEquals("listener: It does not listen. peers: 1 peer connected.", verdict.text());
        assertEquals("warn", verdict.only(List.of("peers")).word());
        assertEquals("ok", verdict.only(List.of("services")).word());
    }

    @Test
    void shouldBeReadyUnlessTheNodeTakesNoPartInTheNetwork() {
        Finding alone = new Finding("peers", Severity.FAIL, "0 peers connected.", "");
        Finding absent = new Finding("services", Severity.WARN, "Absent: metrics.", "");

        assertTrue(Verdict.of(List.of(alone, absent, ALONE)).ready());
        assertFalse(Verdict.of(List.of(alone, DEAF)).ready());
        assertFalse(Verdict.of(Optional.empty(), type -> false).ready());
    }

    /** How a node can be managed is no state of it. */
    @Test
    void shouldNotJudgeAdvice() {
        assertEquals("ok", Verdict.of(List.of(new Finding("remote-jmx", Severity.WARN, "None.", ""))).word());
    }

    /** As one does whose bundle is just being replaced. */
    @Test
    void shouldSayThatTheDoctorFailed() {
        Doctor doctor = (Doctor) Proxy.newProxyInstance(Doctor.class.getClassLoader(), new Class<?>[] {Doctor.class},
                (proxy, method, arguments) -> {
                    throw new IllegalStateException("Invalid BundleContext.");
                });

        Verdict verdict = Verdict.of(Optional.of(doctor), type -> true);

        assertEquals("warn", verdict.word());
        assertEquals("doctor: The node is not examined: the doctor failed: java.lang.IllegalStateException: Invalid"
                + " BundleContext..", verdict.text());
        assertTrue(verdict.ready());
    }

    @Test
    void shouldSayWhatIsKnownWhileTheDoctorIsAbsent() {
        assertEquals("warn", Verdict.of(Optional.empty(), type -> true).word());

        Verdict verdict = Verdict.of(Optional.empty(), type -> type != Transport.class);

        assertEquals("fail", verdict.word());
        assertEquals("services: Transport is absent. doctor: The node is not examined: the doctor is absent.",
                verdict.text());
    }
}
