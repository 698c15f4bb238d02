// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Every state of a node is the same on every surface, as the table of docs/operations.md says. */
@Tag(Nodes.WAITING)
class VerdictIT {

    private static final List<String> STATES = List.of("ok", "warn", "fail");
    private static final Pattern STATUS = Pattern.compile("\"status\":\"([a-z]+)\"");
    private static final Pattern METRIC = Pattern.compile("(?m)^ippan_node_state ([0-9])");
    private static final Duration SOON = Duration.ofMinutes(1);

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final HttpClient http = HttpClient.newHttpClient();
    private String page;
    /** What the node's bean says now. */
    private UnaryOperator<String> bean;

    private HttpResponse<String> get(String path) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create("http://" + page + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "none in " + text;
    }

    /** What each surface says now. */
    private List<String> surfaces() {
        HttpResponse<String> ready = get("/health/ready");
        String shown = get("/api/v1/node").body();
        int number = Integer.parseInt(first(METRIC, get("/metrics").body()));
        return List.of(bean.apply("Health"), first(STATUS, ready.body()),
                first(STATUS, shown.substring(shown.indexOf("\"health\":{"))), STATES.get(number));
    }

    private void isEverywhere(String state, String reason) {
        Eventually.until(() -> state + " everywhere: " + surfaces() + bean.apply("HealthReasons"), SOON,
                () -> surfaces().stream().allMatch(state::equals));
        for (String told : List.of(bean.apply("HealthReasons"), get("/health/ready").body(),
                get("/api/v1/node").body())) {
            assertTrue(told.contains(reason), reason + " in " + told);
        }
    }

    @Test
    void shouldShowEveryStateOnEverySurface() throws Exception {
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0", "--http", Nodes.ANY_PORT);
        page = node.http();
        try (JmxClient jmx = JmxClient.connect(node)) {
            bean = attribute -> (String) jmx.get("Node", attribute);
            isEverywhere("warn", "0 peers connected, and none is configured.");
            assertTrue(node.err().contains("state warn: peers: 0 peers connected, and none is configured."),
                    node.err());

            NodeProcess peer = nodes.run("peer", Nodes.ANY_PORT);
            jmx.call("Peers", "addTransient", peer.listen(), "peer");
            isEverywhere("ok", "");

            peer.kill();
            isEverywhere("fail", "0 peers connected: messages go nowhere.");
            assertEquals(200, get("/health/live").statusCode());
            assertEquals(200, get("/health/ready").statusCode(), "others can still find it");
            assertTrue(get("/api/v1/peers").body().contains("\"state\":\"lost\""), get("/api/v1/peers").body());
        }
    }

    /** What the bean of an embedded node says: others of this JVM have one too. */
    private static String ofBean(IppanNode node, String attribute) {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            for (ObjectName name : beans.queryNames(new ObjectName("org.ippan.network:type=Node,*"), null)) {
                if (beans.getAttribute(name, "Id").equals(node.id().toString())) {
                    return (String) beans.getAttribute(name, attribute);
                }
            }
            throw new AssertionError("no bean of " + node.id());
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldShowOnEverySurfaceWhatKeepsTheDoctorFromJudging() throws BundleException {
        IppanNode node = nodes.embed("node", builder -> builder.http(Nodes.LOOPBACK, 0));
        nodes.embed("peer", Nodes.address(node));
        page = node.httpAddress().orElseThrow().toString();
        bean = attribute -> ofBean(node, attribute);
        isEverywhere("ok", "");

        warnsWhile(node, SnapshotSource.class, () -> {
            throw new IllegalStateException("no database");
        }, "applications: The snapshot source " + getClass().getName());
        warnsWhile(node, CallbackFaultSource.class, () -> {
            throw new IllegalStateException("it is being replaced");
        }, "applications: The check itself failed: java.lang.IllegalStateException: it is being replaced.");
        warnsWhile(node, Doctor.class, new GoingDoctor(), "doctor: The node is not examined: the doctor failed:"
                + " java.lang.IllegalStateException: it is being replaced.");
        Bundle doctor = Stream.of(node.bundleContext().getBundles()).filter(bundle -> bundle.getSymbolicName()
                .equals("org.ippan.network.doctor")).findFirst().orElseThrow();
        doctor.stop();
        isEverywhere("warn", "The node is not examined: the doctor is absent.");
        doctor.start();
        isEverywhere("ok", "");
    }

    /** As long as a service is there that throws, and no longer. */
    private <S> void warnsWhile(IppanNode node, Class<S> type, S broken, String reason) {
        IppanNode.Registration registration = node.register(type, broken, Map.of(SnapshotSource.NAME, "Broken",
                "service.ranking", 100));
        isEverywhere("warn", reason.substring(reason.indexOf(' ') + 1));
        assertTrue(bean.apply("HealthReasons").contains(reason), reason);
        registration.close();
        isEverywhere("ok", "");
    }

    /** The page answers with what is known at once, before the first examination has ended. */
    @Test
    void shouldTellFindingsWithTheFirstAnswer() {
        page = nodes.embed("node", builder -> builder.http(Nodes.LOOPBACK, 0), "127.0.0.1:1").httpAddress()
                .orElseThrow().toString();

        String answer = get("/api/v1/doctor").body();

        assertTrue(answer.contains("\"check\":\"listener\""), answer);
    }

    @Test
    void shouldCallAPeerThatStoppedLeftAndFindNothingAboutIt() {
        IppanNode peer = nodes.embed("peer");
        IppanNode node = nodes.embed("node", builder -> builder.http(Nodes.LOOPBACK, 0), Nodes.address(peer));
        page = node.httpAddress().orElseThrow().toString();
        Eventually.until("connected", SOON, () -> get("/api/v1/peers").body().contains("\"connected\":true"));

        peer.close();

        Eventually.until(() -> "left: " + get("/api/v1/peers").body(), SOON,
                () -> get("/api/v1/peers").body().contains("\"health\":\"left\""));
        List<String> found = Diagnosis.of(node).all();
        assertTrue(found.contains("OK health: No peer is unhealthy."), found::toString);
        assertTrue(found.stream().noneMatch(line -> line.contains(" seeds: ")), found::toString);
    }
}
