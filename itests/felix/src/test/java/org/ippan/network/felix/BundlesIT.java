// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.settings.Configurable;
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
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;

/** The bundles resolve, their services appear, and nothing of them is left when they stop. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class BundlesIT {

    private static final List<Class<?>> SERVICES = List.of(MessageDeduplicator.class, ReputationManager.class,
            ReputationAdmin.class, NetworkMetrics.class, HealthMonitor.class, Transport.class, PeerDirectory.class,
            PeerAdmin.class, Gossip.class);

    @Inject
    private BundleContext context;

    private NodeInside node;

    @Configuration
    public Option[] container() {
        return Container.of(BundlesIT.class);
    }

    @Before
    public void startNode() {
        node = new NodeInside(context).start();
    }

    @Test
    public void shouldResolveAndActivateEveryBundle() {
        List<String> wrong = Arrays.stream(context.getBundles()).filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .map(bundle -> bundle.getSymbolicName() + " is in state " + bundle.getState()).toList();

        assertEquals(List.of(), wrong);
    }

    @Test
    public void shouldPublishEveryServiceOnce() throws InvalidSyntaxException {
        for (Class<?> service : SERVICES) {
            assertEquals(service.getSimpleName(), 1, context.getServiceReferences(service, null).size());
        }
    }

    @Test
    public void shouldPublishSettingsOfEveryBundle() throws InvalidSyntaxException {
        assertEquals(new TreeSet<>(Container.PROVIDERS), publishers(Configurable.class));
    }

    @Test
    public void shouldPublishANamedSnapshotOfEveryBundle() throws InvalidSyntaxException {
        Collection<ServiceReference<SnapshotSource>> sources =
                context.getServiceReferences(SnapshotSource.class, null);

        assertEquals(new TreeSet<>(Container.PROVIDERS), publishers(SnapshotSource.class));
        assertEquals(Set.of("Dedup", "Reputation", "Metrics", "Health", "Transport", "WebSocket", "Peers", "Gossip"),
                sources.stream().map(source -> source.getProperty(SnapshotSource.NAME)).collect(Collectors.toSet()));
        for (ServiceReference<SnapshotSource> source : sources) {
            assertNotNull(context.getService(source).snapshot());
        }
    }

    @Test
    public void shouldSatisfyEveryComponent() {
        ServiceComponentRuntime runtime = node.service(ServiceComponentRuntime.class);
        List<String> wrong = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs()) {
            if (component.bundle.symbolicName.startsWith("org.ippan.network.")) {
                found.add(component.bundle.symbolicName);
                runtime.getComponentConfigurationDTOs(component).stream().filter(BundlesIT::isBroken)
                        .forEach(broken -> wrong.add(component.name + " is in state " + broken.state));
            }
        }

        assertEquals(List.of(), wrong);
        assertTrue("components only of " + found, found.containsAll(Container.PROVIDERS));
    }

    @Test
    public void shouldDescribeEveryConfigurationInMetatype() {
        for (String name : Container.PROVIDERS) {
            MetaTypeInformation information =
                    node.service(MetaTypeService.class).getMetaTypeInformation(node.bundle(name));

            assertTrue(name, Arrays.asList(information.getPids()).contains(name));
            assertFalse(name, information.getObjectClassDefinition(name, null).getDescription().isEmpty());
        }
    }

    @Test
    public void shouldStopWithoutAnErrorAndLeaveNoThreadBehind() {
        Set<String> before = threads();
        Queue<String> errors = new ConcurrentLinkedQueue<>();
        LogListener listener = entry -> {
            if (entry.getLogLevel() == LogLevel.ERROR) {
                errors.add(entry.getBundle().getSymbolicName() + ": " + entry.getMessage());
            }
        };
        node.service(LogReaderService.class).addLogListener(listener);

        for (String bundle : List.of("peers", "transport", "gossip", "dedup", "reputation", "metrics", "health")) {
            node.stopBundle("org.ippan.network." + bundle);
        }

        Eventually.until(() -> "no thread is left of " + threads(), NodeInside.SOON, () -> threads().isEmpty());
        assertFalse("no thread was there to be ended", before.isEmpty());
        assertEquals(Set.of(), publishers());
        node.service(LogReaderService.class).removeLogListener(listener);
        assertEquals(List.of(), List.copyOf(errors));
    }

    private Set<String> publishers() {
        return Container.PROVIDERS.stream().filter(name -> node.bundle(name).getRegisteredServices() != null)
                .collect(Collectors.toSet());
    }

    private <T> Set<String> publishers(Class<T> service) throws InvalidSyntaxException {
        return context.getServiceReferences(service, null).stream()
                .map(reference -> reference.getBundle().getSymbolicName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive).map(Thread::getName)
                .filter(name -> name.startsWith("ippan-")).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isBroken(ComponentConfigurationDTO component) {
        return component.state != ComponentConfigurationDTO.SATISFIED
                && component.state != ComponentConfigurationDTO.ACTIVE;
    }
}
