// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.doctor;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Answers an operator's questions from what the other services tell. It changes nothing. Safe for any thread; every
 * service it asks may be absent, which is then a finding and not an error.
 */
@ProviderType
public interface Doctor {

    /**
     * Runs all checks. Some of them connect to addresses: it may take up to 10 s, so it is not for threads in a hurry.
     *
     * @return one finding or more for each check, worst first
     */
    List<Finding> examine();

    /**
     * Runs the checks that take no time: all but those that connect to addresses. {@link Verdict#of(List)} makes of
     * them how the node fares, which every surface shows.
     *
     * @return one finding or more for each check, worst first
     */
    List<Finding> glance();

    /**
     * What holds back throughput just now: back-pressure, shaping, rate limits, slow listeners and links.
     *
     * @return at least one finding; one of severity {@link Severity#OK} says that nothing does
     */
    List<Finding> limits();

    /**
     * Why a peer is treated as it is.
     *
     * @param who its id, at least the first 8 digits of it, its alias or its address
     * @return the explanation
     * @throws IllegalArgumentException if no peer or more than one is meant, saying which could be
     */
    PeerExplanation explain(String who);

    /**
     * Which settings are in force, of all bundles or of some.
     *
     * @param filter part of a PID or key, in any case; empty for all
     * @return by PID and key
     */
    List<EffectiveSetting> settings(String filter);

    /**
     * Says what each node of a network needs to carry a load, with the settings of this node. They are estimates.
     *
     * @param load what is to be carried
     * @return bandwidth, processors, memory, descriptors, and settings that have to change; the worst first
     */
    List<Finding> size(Load load);
}
