// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.output;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.doctor.Verdict;
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

    /** With their properties, which have the names. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public volatile Collection<Map.Entry<Map<String, Object>, SnapshotSource>> sources;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    public volatile Doctor doctor;

    /** A service, if its bundle is there. */
    public <T> Optional<T> find(Class<T> type) {
        return sources.stream().map(Map.Entry::getValue).filter(type::isInstance).map(type::cast).findFirst();
    }

    /**
     * A service a command needs.
     *
     * @throws IllegalStateException if it is absent, naming the bundle that has it
     */
    public <T> T require(Class<T> type) {
        return find(type).orElseThrow(() -> absent(type));
    }

    /**
     * Who answers questions.
     *
     * @throws IllegalStateException if it is absent, naming the bundle that has it
     */
    public Doctor doctor() {
        Doctor now = doctor;
        if (now == null) {
            throw absent(Doctor.class);
        }
        return now;
    }

    /** How the node fares. */
    public Verdict verdict() {
        return Verdict.of(Optional.ofNullable(doctor), type -> find(type).isPresent());
    }

    /** What limits throughput now; that it is unknown while no service can tell. */
    public List<Finding> limits() {
        Doctor now = doctor;
        return now != null ? now.limits()
                : List.of(new Finding("doctor", Severity.WARN, absent(Doctor.class).getMessage(), ""));
    }

    private static IllegalStateException absent(Class<?> type) {
        String bundle = type.getPackageName().replace(".api.", ".");
        return new IllegalStateException(type.getSimpleName() + " is absent: the bundle " + bundle
                + " is stopped, being updated or not installed");
    }

    /** What every bundle tells now, by its name. */
    public SortedMap<String, Record> snapshots() {
        SortedMap<String, Record> snapshots = new TreeMap<>();
        sources.forEach(source -> snapshots.put(String.valueOf(source.getKey().get(SnapshotSource.NAME)),
                source.getValue().snapshot()));
        return snapshots;
    }

    /** Who, or where, is meant by what an operator writes. */
    public PeerFinder finder() {
        return new PeerFinder(find(PeerDirectory.class), find(ReputationManager.class));
    }
}
