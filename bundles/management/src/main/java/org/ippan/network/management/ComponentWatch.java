// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.ippan.network.api.Ticker;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Logs what keeps the container from starting a component of the network: plain Felix tells it to a log that nothing
 * writes down. A component that waits for a service is given time, since bundles are updated one after the other.
 * Confined to one thread.
 */
final class ComponentWatch {

    private static final String OURS = "org.ippan.network.";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Ticker ticker;
    private final Consumer<String> error;
    private final Map<Long, Trouble> known = new HashMap<>();
    /** How often components had changed when they were looked at last. */
    private Object changes;

    /** Why a component does not run, since when, and whether that was logged. */
    private record Trouble(String text, long since, boolean told) {
    }

    ComponentWatch(Ticker ticker, Consumer<String> error) {
        this.ticker = ticker;
        this.error = error;
    }

    /**
     * Looks at all components where they changed, or one of them does not run; what lasts is told once, and again if
     * its cause changes.
     *
     * @param changed how often they did, as the container counts it; null if it does not
     */
    void look(ServiceComponentRuntime runtime, Object changed) {
        if (changed != null && changed.equals(changes) && known.isEmpty()) {
            return;
        }
        changes = changed;
        Map<Long, Trouble> now = new HashMap<>();
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs()) {
            if (component.bundle.symbolicName.startsWith(OURS)) {
                runtime.getComponentConfigurationDTOs(component).forEach(configured ->
                        text(component, configured).ifPresent(text -> now.put(configured.id, judge(configured, text))));
            }
        }
        known.clear();
        known.putAll(now);
    }

    private Trouble judge(ComponentConfigurationDTO configured, String text) {
        Trouble before = known.get(configured.id);
        Trouble trouble = before != null && before.text.equals(text) ? before
                : new Trouble(text, ticker.nanos(), false);
        boolean waits = configured.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE;
        if (trouble.told || waits && ticker.nanos() - trouble.since < PATIENCE_NANOS) {
            return trouble;
        }
        error.accept(text);
        return new Trouble(text, trouble.since, true);
    }

    private static Optional<String> text(ComponentDescriptionDTO component, ComponentConfigurationDTO configured) {
        String name = component.bundle.symbolicName;
        return switch (configured.state) {
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                    Optional.of(name + " does not start, its services are absent: " + configured.failure);
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> Optional.of(name
                    + " does not start, its services are absent: it waits for "
                    + Arrays.stream(configured.unsatisfiedReferences).map(missing -> missing(component, missing))
                            .sorted().collect(Collectors.joining(" and ")));
            default -> Optional.empty();
        };
    }

    private static String missing(ComponentDescriptionDTO component, UnsatisfiedReferenceDTO missing) {
        String type = Arrays.stream(component.references).filter(reference -> reference.name.equals(missing.name))
                .map((ReferenceDTO reference) -> reference.interfaceName).findFirst().orElse(missing.name);
        return type.substring(type.lastIndexOf('.') + 1) + (missing.target == null ? "" : " with " + missing.target
                + ", which the key " + missing.name + ".target of its configuration asks for");
    }
}
