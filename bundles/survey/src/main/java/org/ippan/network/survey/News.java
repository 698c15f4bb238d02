// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import java.util.Set;
import java.util.stream.Collectors;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.survey.record.StatusRecord;
import org.ippan.network.survey.record.ToldLink;

/**
 * What is told at once when it changes.
 *
 * @param severity how the node fares
 * @param links to whom it is linked
 */
record News(Severity severity, Set<Long> links) {

    static final News NONE = new News(Severity.OK, Set.of());

    static News of(StatusRecord record) {
        return new News(record.severity(), record.links().stream().map(ToldLink::to).collect(Collectors.toSet()));
    }
}
