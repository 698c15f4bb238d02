// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.peers.settings.PeerConfig;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Keeps the peers that operators add: each is a configuration of its own, stored as long as Config Admin stores
 * configurations. Config Admin may be absent, then nothing is kept; it is looked for by name at each call, so that this
 * bundle resolves without it. Safe for any thread; blocks while Config Admin writes.
 */
final class KeptPeers {

    private static final String ADMIN = "org.osgi.service.cm.ConfigurationAdmin";
    private static final Pattern ALIAS = Pattern.compile("[0-9A-Za-z_-]{1,64}");
    private static final String ADDRESS = "address";
    /** File Install writes it into what it read from a file: such a peer belongs to the file. */
    private static final String FILE = "felix.fileinstall.filename";

    private final BundleContext context;

    /** What is done with Config Admin. */
    @FunctionalInterface
    private interface Use<T> {
        T with(ConfigurationAdmin admin) throws IOException, InvalidSyntaxException;
    }

    KeptPeers(BundleContext context) {
        this.context = context;
    }

    /**
     * Stores a peer, in place of one of the same name.
     *
     * @return its PID, or empty where there is no Config Admin
     * @throws IllegalArgumentException if it needs another name
     */
    Optional<String> keep(PeerAddress address, String alias) {
        String name = alias.isEmpty() ? address.toString().replaceAll("[^0-9A-Za-z]+", "-") : alias;
        if (!ALIAS.matcher(name).matches()) {
            throw new IllegalArgumentException("alias = " + alias + ": must be 1 to 64 letters, digits, '-' and '_' to"
                    + " be kept; choose another, or add the peer as transient");
        }
        return use(admin -> {
            Configuration configuration = admin.getFactoryConfiguration(PeerConfig.PID, name, "?");
            if (configuration.getProperties() != null && configuration.getProperties().get(FILE) != null) {
                throw new IllegalArgumentException("alias = " + name + ": " + configuration.getProperties().get(FILE)
                        + " has a peer of this name; change it there");
            }
            configuration.update(new Hashtable<>(Map.of(ADDRESS, address.toString())));
            return configuration.getPid();
        });
    }

    /** Deletes the peers stored for an address, but those that a file describes; whether there was one. */
    boolean drop(PeerAddress address) {
        return use(admin -> {
            Configuration[] found = admin.listConfigurations("(service.factoryPid=" + PeerConfig.PID + ")");
            boolean dropped = false;
            for (Configuration each : found == null ? new Configuration[0] : found) {
                if (address.toString().equals(each.getProperties().get(ADDRESS))
                        && each.getProperties().get(FILE) == null) {
                    each.delete();
                    dropped = true;
                }
            }
            return dropped;
        }).orElse(false);
    }

    private <T> Optional<T> use(Use<T> use) {
        ServiceReference<?> reference = context.getServiceReference(ADMIN);
        Object admin = reference == null ? null : context.getService(reference);
        if (admin == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(use.with((ConfigurationAdmin) admin));
        } catch (IOException | InvalidSyntaxException e) {
            throw new IllegalStateException("Config Admin cannot store the peer: " + e.getMessage(), e);
        } finally {
            context.ungetService(reference);
        }
    }
}
