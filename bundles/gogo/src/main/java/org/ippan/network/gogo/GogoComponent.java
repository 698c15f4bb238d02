// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gogo;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The Declarative Services shell of {@link Commands}: each is a service of its own, as its name is no method's. */
@Component(immediate = true, service = {})
public final class GogoComponent {

    private final List<ServiceRegistration<Function>> registered;

    @Activate
    public GogoComponent(BundleContext context, @Reference Services services) {
        registered = new Commands(services).all().stream().map(command -> context.registerService(Function.class,
                command, new Hashtable<>(Map.of(CommandProcessor.COMMAND_SCOPE, Command.SCOPE,
                        CommandProcessor.COMMAND_FUNCTION, command.name())))).toList();
    }

    @Deactivate
    void deactivate() {
        registered.forEach(ServiceRegistration::unregister);
    }
}
