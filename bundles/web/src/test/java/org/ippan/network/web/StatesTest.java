// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static org.ippan.network.web.ServedWeb.assertStatus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Locale;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.testkit.verdict.NodeState;
import org.ippan.network.testkit.verdict.Surface;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatesTest {

    @RegisterExtension
    final ServedWeb served = new ServedWeb();

    @Test
    void shouldShowEveryStateOfTheJudgeWithItsReasons() throws IOException {
        for (NodeState state : NodeState.all()) {
            served.doctor(state.doctor());

            String ready = served.get("/health/ready");
            String[] statusAndWord = Surface.READY.cell(state.status()).split(" ");
            assertStatus(Integer.parseInt(statusAndWord[0]), ready);
            assertTrue(ready.contains("\"status\":\"" + statusAndWord[1] + "\""), ready);
            String page = served.get("/api/v1/node");
            page = page.substring(page.indexOf("\"health\":{"));
            for (Finding reason : state.reasons()) {
                assertTrue(ready.contains(reason.text()), ready);
                assertTrue(page.contains(reason.text()), page);
            }
            assertTrue(page.startsWith("\"health\":{\"status\":\"" + word(state.status()) + "\""), page);
            String number = Surface.PROMETHEUS.cell(state.status()).substring(0, 1);
            assertTrue(served.get("/metrics").lines().anyMatch(line -> line.equals("ippan_node_state " + number
                    + ".0") || line.equals("ippan_node_state " + number)), state.toString());
        }
    }

    /** The words of the page are its script's; PageIT reads them in a browser. */
    @Test
    void shouldHaveTheWordsOfThePageAndTheAlertsThatTheDocumentsName() throws IOException {
        String script = served.get("/main.js");
        String rules = served.get("/monitoring/alerts.yml");
        for (Severity status : Severity.values()) {
            assertTrue(script.matches("(?s).*\\b" + word(status) + ": \\['\\w+', '" + Surface.PAGE.cell(status)
                    + "'\\].*"), Surface.PAGE.cell(status));
        }

        for (String told : new String[] {Surface.PROMETHEUS.cell(Severity.WARN),
            Surface.PROMETHEUS.cell(Severity.FAIL)}) {
            String alert = told.replaceFirst(".*alert (\\w+) after.*", "$1");
            String wait = told.replaceFirst(".* after (\\d+) min", "$1m");
            assertTrue(rules.replaceAll("\\s+", " ").contains("alert: " + alert + " expr: ippan_node_state == "
                    + told.charAt(0) + " for: " + wait + " "), told);
        }
        assertEquals("0", Surface.PROMETHEUS.cell(Severity.OK));
    }

    private static String word(Severity status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
