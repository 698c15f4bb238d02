// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.util.List;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.EffectiveSetting;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Load;
import org.ippan.network.api.doctor.PeerExplanation;

/** A doctor that answers as one whose bundle is stopped meanwhile. */
final class GoingDoctor implements Doctor {

    private static IllegalStateException gone() {
        return new IllegalStateException("it is being replaced");
    }

    @Override
    public List<Finding> examine() {
        throw gone();
    }

    @Override
    public List<Finding> glance() {
        throw gone();
    }

    @Override
    public List<Finding> limits() {
        throw gone();
    }

    @Override
    public List<Finding> size(Load load) {
        throw gone();
    }

    @Override
    public PeerExplanation explain(String who) {
        throw gone();
    }

    @Override
    public List<EffectiveSetting> settings(String filter) {
        throw gone();
    }
}
