// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.util.Optional;
import java.util.function.Function;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.peers.core.PeerOperations;
import org.ippan.network.peers.settings.PeerNames;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps the peers that operators add, each as a configuration of its own. Config Admin may be absent: it is looked for
 * by name at each call, so that this bundle works without it. Safe for any thread; blocks while Config Admin writes.
 */
@Component(service = KeptPeersComponent.class)
public final class KeptPeersComponent implements PeerOperations.Kept {
    private final BundleContext context;

    @Activate
    public KeptPeersComponent(BundleContext context) {
        this.context = context;
    }

    @Override
    public Optional<String> keep(PeerAddress address, String alias) {
        // Refused wherever it is, so that the answer does not depend on what is stored here.
        PeerNames.of(address, alias, 1);
        return use(admin -> PeerStoreComponent.keep(admin, address, alias));
    }

    @Override
    public boolean drop(PeerAddress address) {
        return use(admin -> PeerStoreComponent.drop(admin, address)).orElse(false);
    }

    @Override
    public Optional<String> file(String alias) {
        return use(admin -> PeerStoreComponent.file(admin, alias)).flatMap(found -> found);
    }

    private <T> Optional<T> use(Function<Object, T> task) {
        ServiceReference<?> reference = context.getServiceReference("org.osgi.service.cm.ConfigurationAdmin");
        Optional<Object> admin = Optional.ofNullable(reference).map(context::getService);
        try {
            return admin.map(task);
        } finally {
            admin.ifPresent(used -> context.ungetService(reference));
        }
    }
}
