// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gogo;

import java.util.Collection;
import java.util.Optional;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.PeerFinder;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * What commands ask and order: the bundles of the node as far as they are there. Each registers one object for all its
 * interfaces, so that the one that tells a snapshot also takes orders. Safe for any thread.
 */
@Component(service = Services.class)
public final class Services {

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile Collection<SnapshotSource> sources;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile Doctor doctor;

    private <T> Optional<T> find(Class<T> type) {
        return sources.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /**
     * A service a command needs.
     *
     * @throws IllegalStateException if it is absent, naming the bundle that has it
     */
    <T> T require(Class<T> type) {
        return find(type).orElseThrow(() -> absent(type));
    }

    /** Who, or where, is meant by what an operator writes. */
    PeerFinder finder() {
        return new PeerFinder(find(PeerDirectory.class), find(ReputationManager.class));
    }

    /**
     * Who answers questions.
     *
     * @throws IllegalStateException if it is absent, naming the bundle that has it
     */
    Doctor doctor() {
        Doctor now = doctor;
        if (now == null) {
            throw absent(Doctor.class);
        }
        return now;
    }

    private static IllegalStateException absent(Class<?> type) {
        return new IllegalStateException(type.getSimpleName() + " is absent: the bundle "
                + type.getPackageName().replace(".api.", ".") + " is stopped, being updated or not installed");
    }
}
