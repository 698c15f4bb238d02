// SPDX-License-Identifier: Apache-2.0
/**
 * What a process notes about the nodes in it: which messages arrived and how late, processor time, bytes allocated,
 * collections. Listeners of the systems call it for each delivery, each message's publisher on one thread at a time;
 * the process that plays a scenario reads it when everything has arrived, and the runner adds up what all tell.
 */
package org.ippan.network.benchmarks.measure;
