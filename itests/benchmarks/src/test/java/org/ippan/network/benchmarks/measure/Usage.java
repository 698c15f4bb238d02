// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.measure;

/**
 * What a process used for a while.
 *
 * @param cpuNanos processor time, collections and compilation included
 * @param allocated bytes allocated on the heap
 */
public record Usage(long cpuNanos, long allocated) {
}
