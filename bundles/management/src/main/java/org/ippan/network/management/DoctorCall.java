// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Verdict;
import org.ippan.network.api.operator.NodeServices;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Asks the doctor, who may be absent. */
@FunctionalInterface
interface DoctorCall {

    /**
     * Asks a question.
     *
     * @param question what is asked
     * @return the answer
     * @throws IllegalStateException if there is no doctor, in words for an operator
     */
    Object ask(Function<Doctor, ?> question);

    /** How the node fares; told of a service that may be there when the doctor is absent. */
    default Verdict verdict(Predicate<Class<?>> present) {
        try {
            return (Verdict) ask(doctor -> Verdict.of(Optional.of(doctor), present));
        } catch (IllegalStateException e) {
            return Verdict.of(Optional.empty(), present);
        }
    }

    /** Looks for the doctor when asked: as a reference it would need this bundle's settings, which would need it. */
    static DoctorCall in(BundleContext context) {
        return question -> {
            ServiceReference<Doctor> reference = context.getServiceReference(Doctor.class);
            Doctor doctor = reference == null ? null : context.getService(reference);
            if (doctor == null) {
                throw NodeServices.absent(Doctor.class);
            }
            try {
                return question.apply(doctor);
            } finally {
                context.ungetService(reference);
            }
        };
    }
}
