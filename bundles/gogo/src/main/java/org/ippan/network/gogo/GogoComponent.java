// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gogo;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.operator.Orders;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The Declarative Services shell of {@link Commands}: each is a service of its own, as its name is no method's. */
@Component(immediate = true, service = {})
public final class GogoComponent {

    private final NodeServices services = new NodeServices();
    private final List<ServiceRegistration<Function>> registered;

    @Activate
    public GogoComponent(BundleContext context) {
        registered = new Commands(services, new Orders(services, Ticker.system())).all().stream()
                .map(command -> context.registerService(Function.class, command, new Hashtable<>(Map.of(
                        CommandProcessor.COMMAND_SCOPE, Command.SCOPE,
                        CommandProcessor.COMMAND_FUNCTION, command.name())))).toList();
    }

    @Deactivate
    void deactivate() {
        registered.forEach(ServiceRegistration::unregister);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "bindSource")
    void bindSource(SnapshotSource source, Map<String, Object> properties) {
        services.bind(source, properties);
    }

    void unbindSource(SnapshotSource source, Map<String, Object> properties) {
        services.unbind(source, properties);
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindDoctor(Doctor doctor) {
        services.bind(doctor);
    }

    void unbindDoctor(Doctor doctor) {
        services.unbind(doctor);
    }
}
