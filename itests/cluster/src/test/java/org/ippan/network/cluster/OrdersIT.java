// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import javax.management.RuntimeMBeanException;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** Orders for which there is nothing to do, or that name no peer or several: what they answer, and that they say so. */
@Tag(Nodes.WAITING)
class OrdersIT {

    private static final String AWAY = "127.0.0.1:1";
    private static final String TOKEN = "sixteen-characters-or-more";
    private static final String ONE = "ab".repeat(32);
    private static final String OTHER = "abababab" + "cd".repeat(28);

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final HttpClient http = HttpClient.newHttpClient();
    private NodeProcess node;

    @BeforeEach
    void start() {
        node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0", "--http", Nodes.ANY_PORT, "--peers", AWAY, "--set",
                "org.ippan.network.web:token=" + TOKEN);
    }

    private void says(String sentence, String order, String form) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create("http://" + node.http() + "/api/v1"
                + order)).header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains('"' + sentence + '"'), answer.body());
    }

    private static String refused(Executable call) {
        return assertThrows(RuntimeMBeanException.class, call).getCause().getMessage();
    }

    @Test
    void shouldSayThatThereIsNothingToDo() throws Exception {
        says("abababab is not banned.", "/peers/" + ONE + "/pardon", "");
        says("abababab is not connected.", "/peers/" + ONE + "/disconnect", "");
        says("203.0.113.7 is not blocked.", "/unblock", "address=203.0.113.7");
        says("Banned abababab for ever.", "/peers/" + ONE + "/ban", "");
        try (JmxClient jmx = JmxClient.connect(node)) {
            assertTrue(jmx.ask("Node", "explainPeer", ONE).contains("It is banned: by an operator."),
                    () -> jmx.ask("Node", "explainPeer", ONE));
            assertEquals("Added oslo at 127.0.0.1:2 until the node stops.",
                    jmx.ask("Peers", "addTransient", "127.0.0.1:2", "oslo"));
        }
    }

    @Test
    void shouldSayThatAnOrderNamesSeveralPeersOrNone() throws Exception {
        says("Banned abababab for ever.", "/peers/" + ONE + "/ban", "");
        says("Banned abababab for ever.", "/peers/" + OTHER + "/ban", "");
        try (JmxClient jmx = JmxClient.connect(node)) {
            Eventually.until("all beans", Nodes.SOON, () -> !jmx.get("Peers", "Connected").equals("")
                    && !jmx.get("Reputation", "BanThreshold").equals(""));

            assertEquals("more than one peer is 'abababab'; there are abababab, abababab. Give an alias, an address, or"
                    + " 8 or more digits of the id", refused(() -> jmx.call("Reputation", "pardon", "abababab")));
            assertEquals("no peer has answered at " + AWAY + " yet, so it has no id",
                    refused(() -> jmx.call("Peers", "ping", AWAY)));
            assertEquals("no address of " + ONE + " is known", refused(() -> jmx.call("Peers", "connect", ONE)));
            assertEquals("Pardoned abababab.", jmx.ask("Reputation", "pardon", ONE));
        }
    }
}
