// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.state.FileErrors;
import org.ippan.network.peers.settings.PeerConfig;
import org.ippan.network.peers.settings.PeerNames;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The part of its shell that knows Config Admin: loaded only where that is. Stateless; blocks while it writes. */
final class PeerStoreComponent {

    /** File Install writes it into what it read from a file: such a peer belongs to the file. */
    private static final String FILE = "felix.fileinstall.filename";
    private static final String ADDRESS = "address";

    private PeerStoreComponent() {
    }

    static String keep(Object admin, PeerAddress address, String alias) {
        try {
            Optional<String> pid = Optional.empty();
            for (int number = 1; pid.isEmpty(); number++) {
                pid = keep((ConfigurationAdmin) admin, address, alias, number);
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
            throw PeerNames.inFile(name, there.get(FILE));
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
            // Not by the filter: an asterisk in an address would stand for any peer there.
            List<Configuration> found = peers(admin).filter(each -> PeerNames.isAt(address, each.getProperties()
                    .get(ADDRESS))).toList();
            boolean inFile = found.stream().anyMatch(each -> each.getProperties().get(FILE) != null);
            for (Configuration each : inFile ? List.<Configuration>of() : found) {
                each.delete();
            }
            return !inFile && !found.isEmpty();
        } catch (IOException e) {
            throw new IllegalStateException("Config Admin cannot delete the peer: " + FileErrors.words(e), e);
        }
    }

    static Optional<String> file(Object admin, String alias) {
        try {
            return peers(admin).filter(each -> each.getPid().equals(PeerConfig.PID + '~' + alias))
                    .flatMap(each -> Stream.ofNullable(each.getProperties().get(FILE))).map(Object::toString)
                    .findAny();
        } catch (IOException e) {
            throw new IllegalStateException("Config Admin cannot be read: " + FileErrors.words(e), e);
        }
    }

    private static Stream<Configuration> peers(Object admin) throws IOException {
        try {
            return Stream.ofNullable(((ConfigurationAdmin) admin).listConfigurations("(service.factoryPid="
                    + PeerConfig.PID + ')')).flatMap(Stream::of);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("a filter without any input", e);
        }
    }
}
