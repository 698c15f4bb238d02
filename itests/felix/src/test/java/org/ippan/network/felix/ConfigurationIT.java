// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.testkit.Eventually;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Configuration through Config Admin, live: bad values change nothing but what is said about them. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ConfigurationIT {

    private static final String GOSSIP = "org.ippan.network.gossip";
    private static final String PEERS = "org.ippan.network.peers";
    private static final String REPUTATION = "org.ippan.network.reputation";
    private static final int WITHOUT_DIAL_MILLIS = 3_000;

    @Inject
    private BundleContext context;

    private NodeInside node;

    @Configuration
    public Option[] container() {
        return Container.of(ConfigurationIT.class);
    }

    @Before
    public void startNode() {
        node = new NodeInside(context).start();
    }

    @Test
    public void shouldKeepTheLastGoodValueUntilABadOneIsCorrected() {
        apply(REPUTATION, "banThreshold", "-400");

        apply(REPUTATION, "banThreshold", "abc");

        String error = node.settings(REPUTATION).lastConfigError().orElseThrow();
        assertTrue(error, error.contains(REPUTATION) && error.contains("banThreshold = abc")
                && error.contains("must be a whole number"));
        assertEquals("-400", node.settings(REPUTATION).displayed().get("banThreshold"));

        apply(REPUTATION, "banThreshold", "-600");

        assertEquals(Map.of(), errors());
        assertEquals("-600", node.settings(REPUTATION).displayed().get("banThreshold"));

        apply(REPUTATION, "banThreshold", null);

        assertEquals("-500", node.settings(REPUTATION).displayed().get("banThreshold"));
    }

    @Test
    public void shouldRefuseGarbageInEveryKeyAndKeepServing() {
        for (String pid : Container.PROVIDERS) {
            Map<String, String> good = node.settings(pid).displayed();
            for (SettingDescription setting : node.settings(pid).schema().settings()) {
                if (setting.type() == String.class || setting.type() == String[].class || setting.failClosed()) {
                    continue;
                }
                apply(pid, setting.key(), "garbage");

                String error = node.settings(pid).lastConfigError().orElse("");
                assertTrue(pid + ": " + error, error.contains(pid) && error.contains(setting.key() + " = garbage"));
                assertEquals(good, node.settings(pid).displayed());

                apply(pid, setting.key(), null);

                assertEquals(Map.of(), errors());
            }
        }
        assertTrue(node.service(Transport.class).listenAddress().isPresent());
    }

    @Test
    public void shouldStartWithKeysInAnotherCaseAndKeepThemOutOfItsServices() {
        for (String pid : Container.PROVIDERS) {
            String key = node.settings(pid).schema().settings().get(0).key();
            String slip = Character.toUpperCase(key.charAt(0)) + key.substring(1);
            apply(pid, slip, "7");
            apply(pid, "Ippan.Name", "other");

            node.stopBundle(pid);
            node.startBundle(pid);

            Eventually.until(pid + " is back with its settings", NodeInside.SOON, () -> !published(pid).isEmpty());
            for (ServiceReference<?> service : published(pid)) {
                assertEquals(pid, null, service.getProperty(slip));
                assertTrue(pid, !"other".equals(service.getProperty(SnapshotSource.NAME)));
            }
            apply(pid, slip, null);
            apply(pid, "Ippan.Name", null);
        }
        Eventually.until("the node is whole again", NodeInside.SOON, () -> node.find(Gossip.class).isPresent()
                && node.find(Transport.class).flatMap(Transport::listenAddress).isPresent());
    }

    private List<ServiceReference<Configurable>> published(String pid) {
        try {
            return context.getServiceReferences(Configurable.class, null).stream()
                    .filter(service -> pid.equals(service.getBundle().getSymbolicName())).toList();
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    public void shouldNeitherListenNorDialWithAnInvalidModeUntilItIsCorrected() throws IOException {
        try (ServerSocket seed = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            apply(PEERS, "seeds", "127.0.0.1:" + seed.getLocalPort());
            assertTrue("the seed is dialled", accepts(seed, (int) NodeInside.SOON.toMillis()));

            apply(PEERS, "mode", "alowlist");

            Eventually.until("the listener is closed", NodeInside.SOON,
                    () -> node.service(Transport.class).listenAddress().isEmpty());
            String refusal = node.service(PeerDirectory.class).snapshot().refusal();
            assertTrue(refusal, refusal.contains("alowlist"));
            // What was under way when the mode became invalid.
            accepts(seed, 200);
            assertTrue("the seed is dialled no more", !accepts(seed, WITHOUT_DIAL_MILLIS));

            apply(PEERS, "mode", "open");

            Eventually.until("the listener is back", NodeInside.SOON,
                    () -> node.service(Transport.class).listenAddress().isPresent());
            assertEquals("", node.service(PeerDirectory.class).snapshot().refusal());
            assertTrue("the seed is dialled again", accepts(seed, (int) NodeInside.SOON.toMillis()));
        } finally {
            apply(PEERS, "seeds", null);
        }
    }

    @Test
    public void shouldTakeNoMessagesWhenItStartsWithSignaturesThatCannotBeRead() {
        node.stopBundle(GOSSIP);
        node.configure(GOSSIP, "signatures", "requre");
        node.startBundle(GOSSIP);
        Eventually.until("gossip is back", NodeInside.SOON, () -> node.find(Gossip.class).isPresent());

        String error = node.settings(GOSSIP).lastConfigError().orElseThrow();
        assertTrue(error, error.contains("signatures = requre: must be one of off, sign, require"));
        assertTrue(node.settings(GOSSIP).failedClosed());
        assertEquals(PublishResult.Status.CLOSED, publish());
        assertTrue(node.find(ProtocolHandler.class).isEmpty());

        apply(GOSSIP, "signatures", "require");

        Eventually.until("frames are taken", NodeInside.SOON, () -> node.find(ProtocolHandler.class).isPresent());
        assertEquals(PublishResult.Status.NO_PEERS, publish());
        apply(GOSSIP, "signatures", null);
    }

    private PublishResult.Status publish() {
        return node.service(Gossip.class).publish(Message.of(Topic.of("a"), new byte[1])).status();
    }

    private static boolean accepts(ServerSocket seed, int millis) throws IOException {
        seed.setSoTimeout(millis);
        try {
            seed.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Writes a key and waits until the bundle has looked at it. */
    private void apply(String pid, String key, String value) {
        LiveSettings<?> settings = node.settings(pid);
        long before = settings.generation();
        node.configure(pid, key, value);
        Eventually.until(pid + " looks at " + key, NodeInside.SOON, () -> settings.generation() > before);
    }

    private Map<String, String> errors() {
        Map<String, String> errors = new java.util.TreeMap<>();
        for (String pid : List.copyOf(Container.PROVIDERS)) {
            node.settings(pid).lastConfigError().ifPresent(error -> errors.put(pid, error));
        }
        return errors;
    }
}
