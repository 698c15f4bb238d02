// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.Setting;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.trace.MessageTracer;
import org.junit.jupiter.api.Test;

/** Services that come and go. */
class NodeServicesTest {

    private final NodeServices services = new NodeServices();

    /** What a bundle tells. */
    private record Told(int number) {
    }

    /** What is looked up only when it is asked for. */
    private record Lazy(int number) {

        @Override
        public int number() {
            throw new IllegalStateException("no database");
        }
    }

    private record Tree(Tree below) {
    }

    /** Neither a list nor a value of any type is looked into by who only reads the parts. */
    private record Whole(Object value) {
    }

    /** Settings as the bundle peers has them. */
    private @interface Config {
        @Setting(text = "The name.")
        String networkId() default "main";
    }

    private static <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> method.getName().equals("equals") ? proxy == arguments[0] : null));
    }

    private static Configurable peers() {
        LiveSettings<Object> settings = new LiveSettings<>(SettingsSchema.of("org.ippan.network.peers", Config.class),
                read -> read, error -> { }, warning -> { });
        settings.update(Map.of(), applied -> { });
        return () -> settings;
    }

    @Test
    void shouldFindAServiceByEveryInterfaceOfItsBundleWhileItIsThere() {
        Gossip gossip = fake(Gossip.class);
        services.bind("Gossip", gossip);

        assertSame(gossip, services.require(Gossip.class));
        assertSame(gossip, services.find(SnapshotSource.class).orElseThrow());
        services.unbind("Gossip", gossip);
        assertEquals("Gossip is absent: the bundle org.ippan.network.gossip is stopped, being updated or not installed",
                assertThrows(IllegalStateException.class, () -> services.require(Gossip.class)).getMessage());
        assertEquals("Doctor is absent: the bundle org.ippan.network.doctor is stopped, being updated or not installed",
                assertThrows(IllegalStateException.class, services::requireDoctor).getMessage());
    }

    @Test
    void shouldNameTheBundleOfAServiceThatIsCalledOtherwise() {
        assertEquals("MessageTracer is absent: the bundle org.ippan.network.gossip is stopped, being updated or not"
                + " installed", NodeServices.absent(MessageTracer.class).getMessage());
    }

    @Test
    void shouldKeepTheNewServiceWhereTheOldOneGoesLater() {
        Gossip before = fake(Gossip.class);
        Gossip after = fake(Gossip.class);
        Doctor young = fake(Doctor.class);
        services.bind("Gossip", before);
        services.bind("Gossip", after);
        services.unbind("Gossip", before);
        services.bind(fake(Doctor.class));
        services.bind(young);
        services.unbind(fake(Doctor.class));

        assertSame(after, services.require(Gossip.class));
        assertSame(young, services.requireDoctor());
        services.unbind(young);
        assertEquals(Optional.empty(), services.doctor());
    }

    @Test
    void shouldLeaveOutTheSnapshotOfABundleThatStops() {
        services.bind("B", () -> new Told(2));
        services.bind("A", () -> new Told(1));
        services.bind("Gone", () -> {
            throw new NoClassDefFoundError("of a bundle that was updated");
        });

        assertEquals(List.of("A", "B"), List.copyOf(services.snapshots().keySet()));
        assertEquals(new Told(1), services.snapshots().get("A"));
        assertEquals(3, services.sources().size());
    }

    /** Whichever of them comes first, and also while its bundle is not there. */
    @Test
    void shouldShowTheServiceOfEveryNodeWhateverAnApplicationCallsItself() {
        Gossip gossip = fake(Gossip.class);
        SnapshotSource other = () -> new Told(1);
        Map<String, Object> name = Map.of(SnapshotSource.NAME, "Gossip");
        Optional<String> refusal = Optional.of("ippan.name = Gossip: a service of the network has this name");

        assertEquals(refusal, services.bind(other, name));
        assertEquals(Optional.empty(), services.shown("Gossip"));
        services.unbind(other, name);
        assertEquals(Optional.empty(), services.bind(gossip, name));
        assertEquals(refusal, services.bind(other, name));
        assertEquals(Optional.of(gossip), services.shown("Gossip"));
        assertSame(gossip, services.require(Gossip.class));
        services.unbind(gossip, name);
        assertEquals(Optional.empty(), services.shown("Gossip"));
    }

    /** The one that came first is not hidden without a word. */
    @Test
    void shouldShowTheFirstOfSeveralApplicationsOfOneNameUntilItGoes() {
        SnapshotSource first = () -> new Told(1);
        SnapshotSource second = () -> new Told(2);
        assertEquals(Optional.empty(), services.bind(first, registration(1, "Prices")));

        assertEquals(Optional.of("ippan.name = Prices: another service has this name"),
                services.bind(second, registration(2, "Prices")));

        assertEquals(Optional.of(first), services.shown("Prices"));
        assertEquals(Optional.of("Prices"), services.unbind(first, registration(1, "Prices")));
        assertEquals(Optional.of(second), services.shown("Prices"));
    }

    /** Those that a node need not have, and what metrics cannot tell from them. */
    @Test
    void shouldRefuseNamesOfBundlesThatMayNotBeThere() {
        for (String name : List.of("Web", "web", "WEB", "Nat", "WebSocket", "web_socket", "Discovery.dns", "Network",
                "EventAdmin", "Chaos", "Management")) {
            assertEquals(Optional.of("ippan.name = " + name + ": a service of the network has this name"),
                    services.bind(() -> new Told(1), Map.of(SnapshotSource.NAME, name)));
        }
        assertTrue(services.bind(() -> new Told(1), Map.of(SnapshotSource.NAME, "peer_settings")).orElseThrow()
                .contains("must be letters"));
        assertEquals(Map.of(), services.snapshots());
        assertEquals(Optional.empty(), services.bind(() -> new Told(1), Map.of(SnapshotSource.NAME, "Webshop")));
        assertEquals(Set.of("Webshop"), services.snapshots().keySet());
    }

    @Test
    void shouldRefuseNamesThatNoBeanAndNoMetricCanHave() {
        for (Object odd : List.of("", "a=b", "a\nb", "a.b.c", "Node", "Peer", 5, "x".repeat(65))) {
            assertTrue(services.bind(() -> new Told(1), Map.of(SnapshotSource.NAME, odd)).orElseThrow()
                    .startsWith("ippan.name = "), odd.toString());
        }
        Object silent = new Object() {
            @Override
            public String toString() {
                throw new NoClassDefFoundError("com/example/Texts");
            }
        };
        String rule = ": must be letters, digits and _, and not Node, Peer or PeerSettings; behind a dot stands which"
                + " of several it is";
        for (Map.Entry<Object, String> odd : Map.of(silent, silent.getClass().getName() + " (which has no text)",
                new String[] {"Prices"}, "[Prices]").entrySet()) {
            assertEquals(Optional.of("ippan.name = " + odd.getValue() + rule),
                    services.bind(() -> new Told(1), Map.of(SnapshotSource.NAME, odd.getKey())));
        }
        assertEquals(Optional.of("ippan.name is missing"), services.bind(() -> new Told(1), Map.of()));
        assertEquals(List.of(), List.copyOf(services.sources()));
    }

    private static Map<String, Object> registration(long id, String name) {
        return Map.of("service.id", id, SnapshotSource.NAME, name);
    }

    /** The container tells of a registration that goes with the properties that it has then. */
    @Test
    void shouldFollowANameThatChanges() {
        SnapshotSource source = () -> new Told(1);
        assertTrue(services.bind(source, registration(1, "a=b")).isPresent());
        assertEquals(Optional.empty(), services.bind(source, registration(1, "Prices")));
        assertEquals(Optional.empty(), services.bind(source, registration(1, "Orders")));

        assertEquals(Set.of("Orders"), services.snapshots().keySet());
        services.unbind(source, registration(1, "Orders"));
        assertEquals(Map.of(), services.snapshots());
    }

    @Test
    void shouldKeepAnObjectThatIsStillRegisteredOnce() {
        SnapshotSource source = () -> new Told(1);
        services.bind(source, registration(1, "Prices"));
        services.bind(source, registration(2, "Prices"));
        services.unbind(source, registration(1, "Prices"));

        assertEquals(Optional.of(source), services.shown("Prices"));
        services.unbind(source, registration(2, "Prices"));
        assertEquals(Optional.empty(), services.shown("Prices"));
    }

    /** One of them would cost a surface what all the others tell. */
    @Test
    void shouldLeaveOutWhatCannotBeReadAsAWhole() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        Object silent = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        };
        services.bind("Silent", () -> new Whole(silent));
        services.bind("Lazy", () -> new Whole(List.of(new Lazy(1))));
        services.bind("Endless", () -> new Whole(endless));
        services.bind("Good", () -> new Whole(List.of(1, "a", new Told(2))));

        assertEquals(Set.of("Good"), services.snapshots().keySet());
    }

    @Test
    void shouldLeaveOutWhatTellsNothing() {
        services.bind("Null", () -> null);
        services.bind("Lazy", () -> new Lazy(1));
        services.bind("Deep", () -> {
            throw new StackOverflowError();
        });

        assertEquals(Map.of(), services.snapshots());
    }

    /** Nor is it asked again, so that of many who ask only the first waits for it. */
    @Test
    void shouldNotWaitForWhatHangs() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        services.bind("Hangs", () -> {
            asked.incrementAndGet();
            Uninterrupted.await(Ticker.system(), 60_000, nanos -> over.await(nanos, TimeUnit.NANOSECONDS));
            return new Told(1);
        });
        services.bind("Other", () -> new Told(2));

        assertEquals(Set.of("Other"), services.snapshots().keySet());
        assertEquals(Set.of("Other"), services.snapshots().keySet());
        assertEquals(1, asked.get());
        over.countDown();
        while (services.snapshots().size() < 2) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    @Test
    void shouldTellATypeThatIsWithinItself() {
        services.bind("Tree", () -> new Tree(new Tree(null)));

        assertEquals(Map.of("Tree", new Tree(new Tree(null))), services.snapshots());
    }

    @Test
    void shouldTellASettingWhileItsBundleIsThere() {
        Configurable peers = peers();
        services.bind(peers, Map.of());
        services.bind(peers(), Map.of("service.pid", "org.ippan.network.peers.peer~paris"));

        assertEquals(Optional.of("main"), services.setting("peers", "networkId"));
        assertEquals(Optional.empty(), services.setting("peers", "elsewhere"));
        assertEquals(Set.of("org.ippan.network.peers", "org.ippan.network.peers.peer~paris"), Set.copyOf(
                services.configured().stream().map(NodeServices.Configured::pid).toList()));
        services.unbind(peers);
        assertEquals(Optional.empty(), services.setting("peers", "networkId"));
    }
}
