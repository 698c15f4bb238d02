// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** What is logged of components that the container does not start. */
class ComponentWatchTest {

    /** As the container counts them; null if it does not. */
    private Long changes;
    private int asked;
    private final ManualScheduler time = new ManualScheduler();
    private final List<String> log = new ArrayList<>();
    private final ComponentWatch watch = new ComponentWatch(time, log::add);
    private final ComponentDescriptionDTO component = new ComponentDescriptionDTO();
    private final ComponentConfigurationDTO configured = new ComponentConfigurationDTO();
    private final ServiceComponentRuntime runtime = (ServiceComponentRuntime) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {ServiceComponentRuntime.class},
            (proxy, method, arguments) -> {
                asked++;
                return List.of(method.getName().equals("getComponentDescriptionDTOs") ? component : configured);
            });

    ComponentWatchTest() {
        component.bundle = new BundleDTO();
        component.bundle.symbolicName = "org.ippan.network.gossip";
        ReferenceDTO reference = new ReferenceDTO();
        reference.name = "Peers";
        reference.interfaceName = "org.ippan.network.api.peers.PeerDirectory";
        component.references = new ReferenceDTO[] {reference};
    }

    private void waitFor(String target) {
        UnsatisfiedReferenceDTO missing = new UnsatisfiedReferenceDTO();
        missing.name = "Peers";
        missing.target = target;
        configured.state = ComponentConfigurationDTO.UNSATISFIED_REFERENCE;
        configured.unsatisfiedReferences = new UnsatisfiedReferenceDTO[] {missing};
    }

    private void look(int seconds) {
        for (int i = 0; i < seconds; i++) {
            watch.look(runtime, changes);
            time.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void shouldLogAFailedActivationOnceAndAgainWhenItsCauseChanges() {
        configured.state = ComponentConfigurationDTO.FAILED_ACTIVATION;
        configured.failure = "java.lang.IllegalArgumentException: Duplicate service property: Capacity";

        look(5);
        configured.failure = "java.lang.OutOfMemoryError";
        look(5);

        assertEquals(List.of("org.ippan.network.gossip does not start, its services are absent: "
                + "java.lang.IllegalArgumentException: Duplicate service property: Capacity",
                "org.ippan.network.gossip does not start, its services are absent: java.lang.OutOfMemoryError"), log);
    }

    @Test
    void shouldLogAServiceThatIsMissingForTenSecondsWithTheKeyThatAsksForIt() {
        waitFor("(x=y)");

        look(10);
        assertEquals(List.of(), log);
        look(20);

        assertEquals(List.of("org.ippan.network.gossip does not start, its services are absent: it waits for"
                + " PeerDirectory with (x=y), which the key Peers.target of its configuration asks for"), log);
    }

    @Test
    void shouldSayNothingOfABundleThatIsUpdated() {
        for (int round = 0; round < 3; round++) {
            waitFor(null);
            look(9);
            configured.state = ComponentConfigurationDTO.ACTIVE;
            look(3);
        }

        assertEquals(List.of(), log);
    }

    @Test
    void shouldAskForNothingWhileAllRunAndNothingChanges() {
        changes = 7L;
        configured.state = ComponentConfigurationDTO.ACTIVE;
        look(1);
        int once = asked;
        look(10);
        int still = asked;
        configured.state = ComponentConfigurationDTO.FAILED_ACTIVATION;
        configured.failure = "java.lang.OutOfMemoryError";
        changes = 8L;
        look(3);

        assertEquals(once, still);
        assertEquals(4 * once, asked, "while it does not run");
        assertEquals(1, log.size());
    }

    @Test
    void shouldSayNothingOfTheComponentsOfOthers() {
        component.bundle.symbolicName = "com.example.shop";
        configured.state = ComponentConfigurationDTO.FAILED_ACTIVATION;

        look(20);

        assertEquals(List.of(), log);
    }
}
