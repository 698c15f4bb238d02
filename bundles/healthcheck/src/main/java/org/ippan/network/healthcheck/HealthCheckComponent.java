// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.healthcheck;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.hc.api.HealthCheck;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Verdict;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Publishes each {@link NodeCheck} as a service. */
@Component(service = {}, immediate = true)
public final class HealthCheckComponent {

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile Doctor doctor;

    private final List<ServiceRegistration<HealthCheck>> published;

    @Activate
    public HealthCheckComponent(BundleContext context) {
        published = NodeCheck.all(() -> Verdict.glance(Optional.ofNullable(doctor), type ->
                context.getServiceReference(type) != null)).stream()
                .map(check -> context.registerService(HealthCheck.class, check, properties(check))).toList();
    }

    private static Dictionary<String, Object> properties(NodeCheck check) {
        return new Hashtable<>(Map.of(HealthCheck.NAME, check.name(), HealthCheck.TAGS,
                new String[] {check.tag(), "ippan-network"}));
    }

    @Deactivate
    void deactivate() {
        published.forEach(ServiceRegistration::unregister);
    }
}
