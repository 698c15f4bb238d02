// SPDX-License-Identifier: Apache-2.0
/**
 * A process that plays a scenario, or one node of it. The runner starts it and tells it line by line over its standard
 * input what to do next; it answers each line with one on its standard output. One thread obeys, one more for each
 * publisher publishes.
 */
package org.ippan.network.benchmarks.host;
