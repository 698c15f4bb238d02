// SPDX-License-Identifier: Apache-2.0
/**
 * What is measured: a system, its nodes, who is linked to whom, and what is published. The runner makes scenarios from
 * the command line and hands each as one line of text to the processes that play it. Immutable values, for any thread.
 */
package org.ippan.network.benchmarks.scenario;
