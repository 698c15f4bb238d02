// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import org.ippan.network.api.doctor.Verdict;
import org.ippan.network.api.snapshot.Measure;

/**
 * How the node fares, as Prometheus reads it.
 *
 * @param state the verdict of the doctor as a number
 * @param findings how many findings led to it
 */
record NodeState(
        @Measure("How the node fares: 0 ok, 1 warn, 2 fail; the page says why.") int state,
        @Measure("Findings that are not as they should be.") int findings) {

    static NodeState of(Verdict verdict) {
        return new NodeState(verdict.status().ordinal(), verdict.reasons().size());
    }
}
