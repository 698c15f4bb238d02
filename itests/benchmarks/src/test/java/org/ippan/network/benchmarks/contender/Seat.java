// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.contender;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ippan.network.benchmarks.measure.Recorder;
import org.ippan.network.benchmarks.scenario.Scenario;

/**
 * What a member is told before it starts.
 *
 * @param scenario what is played
 * @param index which node it is
 * @param dialled addresses of the members it is to dial
 * @param links how many links it is to have in the end
 * @param recorder is told of each delivery
 * @param settings of our nodes, by bundle and key
 * @param keys key store that is the trust store as well, for all members; used with TLS only
 */
public record Seat(Scenario scenario, int index, List<String> dialled, int links, Recorder recorder,
        Map<String, String> settings, Path keys) {
}
