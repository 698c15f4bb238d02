// SPDX-License-Identifier: Apache-2.0
/**
 * What a process notes about the nodes in it: which messages arrived and how late, processor time, bytes allocated,
 * collections. Listeners of the systems call it for each delivery, and the runner adds up what all processes tell.
 * Calls come on the threads of the systems; it is read by the thread that plays a scenario, when all has arrived.
 */
package org.ippan.network.benchmarks.measure;
