// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.Notification;
import javax.management.ObjectName;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.reputation.ReputationSnapshot;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.management.bean.BeanNames;
import org.ippan.network.management.bean.BeanRegistry;
import org.ippan.network.management.bean.GenericBean;
import org.ippan.network.management.bean.SettingsWriter;
import org.ippan.network.management.bean.SnapshotAttributes;
import org.ippan.network.testkit.Descriptions;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagementTest {

    private static final DoctorCall NO_DOCTOR = question -> {
        throw new IllegalStateException("Doctor is absent");
    };

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final ManualScheduler time = new ManualScheduler();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> mirrored = new ArrayList<>();
    private final ConfiguredBundle bundle = new ConfiguredBundle();
    private final FakeConfigurationAdmin admin = new FakeConfigurationAdmin(bundle::update);
    private final BeanNames names = BeanNames.free(server, "", "0123456789");
    private final Management management = new Management(
            new Management.Place(new BeanRegistry(server, warnings::add), names, "1.0.0"),
            new Management.Time(time, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), time),
            new ManagementSettings("", 256, true),
            new Notifier(Runnable::run, (topic, properties) -> mirrored.add(topic + properties.get("peer")),
                    new CallbackFaults(() -> 0, (line, trace) -> { })),
            NO_DOCTOR);

    private void present() {
        bundle.update(new Hashtable<>());
        management.writer(Optional.of(new SettingsWriter(admin)));
        bind();
    }

    private void bind() {
        management.bind("Reputation", (SnapshotSource) bundle);
        management.bind("Reputation", (Configurable) bundle);
    }

    @AfterEach
    void everyBeanIsTakenAway() {
        management.close();

        assertEquals(Set.of(), server.queryNames(pattern("org.ippan.network:*"), null));
    }

    @Test
    void shouldShowCountersAndSettingsOfABundleTogether() throws JMException {
        present();

        assertEquals(7L, server.getAttribute(names.of("Reputation"), "Bans"));
        assertEquals(-500, server.getAttribute(names.of("Reputation"), "BanThreshold"));
        assertEquals("", server.getAttribute(names.of("Reputation"), "LastConfigError"));
    }

    private Configurable peer(String name, int threshold) {
        LiveSettings<ConfiguredBundle.Settings> settings = new LiveSettings<>(
                bundle.settings.schema().of("a.pid~" + name), ConfiguredBundle.Settings::of,
                problem -> { }, problem -> { });
        settings.update(Map.of("banThreshold", String.valueOf(threshold)), accepted -> { });
        return () -> settings;
    }

    /** Names of beans have no dots. */
    @Test
    void shouldShowTheSettingsOfPeersWhoseNamesReadTheSame() throws JMException {
        Configurable dotted = peer("a.b", -501);
        Configurable plain = peer("a_b", -502);
        management.bind(null, dotted);
        management.bind(null, plain);

        assertEquals(-501, server.getAttribute(names.of("PeerSettings", "a_b"), "BanThreshold"));
        assertEquals(-502, server.getAttribute(names.of("PeerSettings", "a_b-2"), "BanThreshold"));
        management.unbind(null, dotted);
        assertFalse(server.isRegistered(names.of("PeerSettings", "a_b")));
        assertEquals(-502, server.getAttribute(names.of("PeerSettings", "a_b-2"), "BanThreshold"));
        management.bind(null, dotted);
        assertEquals(-501, server.getAttribute(names.of("PeerSettings", "a_b"), "BanThreshold"));
    }

    @Test
    void shouldShowTheSettingsOfEachConfiguredPeerInABeanOfItsOwn() throws JMException {
        LiveSettings<ConfiguredBundle.Settings> paris = new LiveSettings<>(
                bundle.settings.schema().of("a.pid~paris"), ConfiguredBundle.Settings::of,
                problem -> { }, problem -> { });
        Configurable peer = () -> paris;

        management.bind(null, peer);
        paris.update(Map.of("banThreshold", "abc"), accepted -> { });

        ObjectName bean = names.of("PeerSettings", "paris");
        assertEquals(-500, server.getAttribute(bean, "BanThreshold"));
        String wrong = (String) server.getAttribute(names.of("Node"), "LastConfigErrors");
        assertTrue(wrong.startsWith("a.pid~paris: banThreshold = abc"), wrong);

        management.unbind(null, peer);

        assertFalse(server.isRegistered(bean));
    }

    @Test
    void shouldTakeABeanAwayWithItsBundle() {
        present();

        management.unbind("Reputation", (SnapshotSource) bundle);
        management.unbind("Reputation", (Configurable) bundle);

        assertFalse(server.isRegistered(names.of("Reputation")));
        assertTrue(server.isRegistered(names.of("Node")));
    }

    /** The container takes services away after the component has stopped. */
    @Test
    void shouldBringNothingBackOnceItIsClosed() {
        present();
        management.close();

        management.writer(Optional.empty());
        bind();

        assertEquals(Set.of(), server.queryNames(pattern("org.ippan.network:*"), null));
    }

    @Test
    void shouldNeverReplaceTheBeansOfAnotherNode() {
        BeanNames second = BeanNames.free(server, "", "abcdefgh-1");
        BeanRegistry other = new BeanRegistry(server, warnings::add);

        assertEquals("org.ippan.network:type=Node,node=abcdefgh", second.of("Node").toString());
        assertFalse(other.register(names.of("Node"), new GenericBean("Another.", () -> null)));
        assertTrue(warnings.get(0).contains("domainNode"), warnings.get(0));
    }

    @Test
    void shouldSendDecisionsAsNotificationsWithOpenUserData() throws JMException {
        List<Notification> got = new ArrayList<>();
        server.addNotificationListener(names.of("Node"), (notification, handback) -> got.add(notification), null, null);

        management.tell(NetworkEvent.of(EventType.PEER_BANNED, Peers.alice(), "score -500"));

        assertEquals("org.ippan.network.peer-banned", got.get(0).getType());
        assertEquals("score -500", got.get(0).getMessage());
        assertEquals(List.of("org/ippan/network/PEER_BANNED" + Peers.alice()), mirrored);
    }

    @Test
    void shouldTellOfConfigurationsAppliedAndRejected() throws JMException {
        List<String> got = new ArrayList<>();
        server.addNotificationListener(names.of("Node"), (told, handback) -> got.add(told.getType()), null, null);
        present();

        bundle.settings.update(Map.of("banThreshold", "abc"), accepted -> { });
        time.advance(Duration.ofSeconds(2));
        bundle.settings.update(Map.of("banThreshold", "-400"), accepted -> { });
        time.advance(Duration.ofSeconds(2));

        assertEquals(List.of("org.ippan.network.config-rejected", "org.ippan.network.config-applied"), got);
    }

    @Test
    void shouldGiveEveryFeatureARealNameAndASentenceOfItsOwn() throws JMException {
        present();

        for (ObjectName name : server.queryNames(pattern("org.ippan.network:*"), null)) {
            assertDescribed(server.getMBeanInfo(name));
        }
        for (Class<? extends Record> type : List.of(NetworkMetricsSnapshot.class, PeersSnapshot.class,
                ReputationSnapshot.class, GossipSnapshot.class, NodeView.class, PeerView.class)) {
            GenericBean bean = new GenericBean("A bean.", () -> null);
            assertDescribed(bean.with(SnapshotAttributes.of(type)).getMBeanInfo());
        }
        for (String bean : List.of("Dedup", "Reputation", "Metrics", "Health", "Peers", "Node")) {
            assertDescribed(beanOf(bean).getMBeanInfo());
        }
    }

    @Test
    void shouldRefuseOperationsOnAbsentServicesInWords() {
        GenericBean bean = beanOf("Reputation");

        var absent = assertThrows(IllegalStateException.class, () -> bean.invoke("reset", null, null));

        assertTrue(absent.getMessage().startsWith("ReputationAdmin is absent"), absent.getMessage());
    }

    @Test
    void shouldDescribeItsOwnSettingsTheSameEverywhere() {
        assertEquals(List.of(), Descriptions.disagreements(ManagementConfig.class, ManagementSettings.SCHEMA));
    }

    private static GenericBean beanOf(String type) {
        return new GenericBean("A bean.", () -> null)
                .with(new Operations(new NodeServices(), null, NO_DOCTOR).of(type));
    }

    @Test
    void shouldShowASourceUnderTheNameThatItHasNow() {
        SnapshotSource source = bundle;
        management.bind(source, Map.of("service.id", 7L, SnapshotSource.NAME, "Prices"));
        management.bind(source, Map.of("service.id", 7L, SnapshotSource.NAME, "Orders"));

        assertTrue(server.isRegistered(names.of("Orders")));
        assertFalse(server.isRegistered(names.of("Prices")));
        management.unbind(source, Map.of("service.id", 7L, SnapshotSource.NAME, "Orders"));
        assertFalse(server.isRegistered(names.of("Orders")));
    }

    private static void assertDescribed(MBeanInfo info) {
        Set<String> texts = new HashSet<>();
        List<MBeanFeatureInfo> features = new ArrayList<>(List.of(info.getAttributes()));
        features.addAll(List.of(info.getOperations()));
        for (MBeanFeatureInfo feature : features) {
            assertTrue(feature.getDescription().endsWith("."), feature.getName() + ": " + feature.getDescription());
            assertTrue(texts.add(feature.getDescription()), "said twice: " + feature.getDescription());
        }
        for (MBeanAttributeInfo attribute : info.getAttributes()) {
            assertTrue(Character.isUpperCase(attribute.getName().charAt(0)), attribute.getName());
        }
        for (MBeanOperationInfo operation : info.getOperations()) {
            for (var parameter : operation.getSignature()) {
                assertFalse(parameter.getName().matches("p\\d+|arg\\d+"), operation.getName());
                assertTrue(parameter.getDescription().endsWith("."), operation.getName());
            }
        }
    }

    private static ObjectName pattern(String text) {
        try {
            return new ObjectName(text);
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }
}
