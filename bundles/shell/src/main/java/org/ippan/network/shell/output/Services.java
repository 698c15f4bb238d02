// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.output;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import java.util.List;
import java.util.Map;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.operator.Orders;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What commands ask and order. Safe for any thread. */
@Component(service = Services.class)
public final class Services extends NodeServices {

    private final Orders orders = new Orders(this, Ticker.system());

    /** What commands have the node do. */
    public Orders orders() {
        return orders;
    }

    /** What limits throughput now; that it is unknown while no service can tell. */
    public List<Finding> limits() {
        try {
            return doctor().map(Doctor::limits).orElseGet(() -> List.of(new Finding("doctor", Severity.WARN,
                    absent(Doctor.class).getMessage(), "")));
        } catch (RuntimeException | LinkageError e) {
            // What is known of the node is shown all the same.
            return glance();
        }
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "bindSource")
    void bindSource(SnapshotSource source, Map<String, Object> properties) {
        bind(source, properties);
    }

    void unbindSource(SnapshotSource source, Map<String, Object> properties) {
        unbind(source, properties);
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindDoctor(Doctor doctor) {
        bind(doctor);
    }

    void unbindDoctor(Doctor doctor) {
        unbind(doctor);
    }
}
