// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.runner;

import java.nio.file.Path;
import java.util.List;

/**
 * What holds for all cases of a session.
 *
 * @param warmUpSeconds how long the first phase is, of which only losses are told
 * @param seconds how long the measured phase is
 * @param rounds how often each case is played
 * @param heap of each process, as {@code -Xmx} takes it
 * @param patienceSeconds how long nothing may arrive before what is missing counts as lost
 * @param folder where logs, profiles and tables go
 * @param profile what the profiler writes: {@code collapsed} or {@code flat}; empty runs none
 * @param settings of our nodes as {@code bundle.key=value}
 * @param jvmArguments more of them
 */
public record RunOptions(int warmUpSeconds, int seconds, int rounds, String heap, int patienceSeconds, Path folder,
        String profile, List<String> settings, List<String> jvmArguments) {
}
