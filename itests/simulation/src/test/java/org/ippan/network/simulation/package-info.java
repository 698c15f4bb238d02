// SPDX-License-Identifier: Apache-2.0
/**
 * Thousands of nodes of the real cores in virtual time, with faults and liars, replayed from a seed. The build runs
 * some seeds, and each one can be run again with one command. A run uses one thread, that of the test runner.
 */
package org.ippan.network.simulation;
