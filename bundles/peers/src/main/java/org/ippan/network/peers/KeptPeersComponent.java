// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.state.FileErrors;
import org.ippan.network.peers.core.PeerOperations;
import org.ippan.network.peers.settings.PeerConfig;
import org.ippan.network.peers.settings.PeerNames;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
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
        return use(admin -> Store.keep(admin, address, alias));
    }

    @Override
    public boolean drop(PeerAddress address) {
        return use(admin -> Store.drop(admin, address)).orElse(false);
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

    /** A class of its own: with the types of Config Admin it is loaded only where that is. */
    private static final class Store {
        /** File Install writes it into what it read from a file: such a peer belongs to the file. */
        private static final String FILE = "felix.fileinstall.filename";
        private static final String ADDRESS = "address";

        static String keep(Object admin, PeerAddress address, String alias) {
            try {
                int number = 1;
                Optional<String> pid = keep((ConfigurationAdmin) admin, address, alias, number);
                while (pid.isEmpty()) {
                    pid = keep((ConfigurationAdmin) admin, address, alias, ++number);
                }
                return pid.get();
            } catch (IOException e) {
                throw new IllegalStateException("Config Admin cannot store the peer: " + FileErrors.words(e), e);
            }
        }

        /** Empty if another peer has the name, and this one is to have one that is free. */
        private static Optional<String> keep(ConfigurationAdmin admin, PeerAddress address, String alias, int number)
                throws IOException {
            String name = PeerNames.of(address, alias, number);
            Configuration kept = admin.getFactoryConfiguration(PeerConfig.PID, name, "?");
            Dictionary<String, Object> there = kept.getProperties();
            Object stored = there == null ? null : there.get(ADDRESS);
            boolean taken = stored != null && !PeerNames.isAt(address, stored);
            if (taken && alias.isEmpty()) {
                return Optional.empty();
            }
            if (there != null && there.get(FILE) != null) {
                throw new IllegalArgumentException("alias = " + name + ": change this peer in " + there.get(FILE));
            }
            if (taken) {
                throw PeerNames.taken(name, stored);
            }
            if (stored == null) {
                kept.update(new Hashtable<>(Map.of(ADDRESS, address.toString())));
            }
            return Optional.of(kept.getPid());
        }

        static boolean drop(Object admin, PeerAddress address) {
            try {
                Configuration[] all = ((ConfigurationAdmin) admin).listConfigurations("(&(service.factoryPid="
                        + PeerConfig.PID + ")(!(" + FILE + "=*)))");
                // Not by the filter: an asterisk in an address would stand for any peer there.
                List<Configuration> found = Stream.ofNullable(all).flatMap(Stream::of)
                        .filter(each -> PeerNames.isAt(address, each.getProperties().get(ADDRESS))).toList();
                for (Configuration each : found) {
                    each.delete();
                }
                return !found.isEmpty();
            } catch (IOException | InvalidSyntaxException e) {
                throw new IllegalStateException("Config Admin cannot delete the peer: " + FileErrors.words(e), e);
            }
        }
    }
}
